/// For each element of one side of an axis, the elements of the other side that it meets, and through which tap.
struct AxisTaps {
  /// A run of neighbors: sources `source`, `source + 1`, ... through taps `tap`, `tap + 1`, ...
  struct Run {
    var source: Int32
    var tap: Int32
    var length: Int32
  }

  private var runs: [Run] = []
  private var ends: [Int] = [0]

  /// The runs of one destination.
  @inline(__always)
  func withRuns<Result>(_ destination: Int, _ body: (UnsafeBufferPointer<Run>) -> Result) -> Result {
    runs.withUnsafeBufferPointer { runs in
      body(UnsafeBufferPointer(rebasing: runs[ends[destination]..<ends[destination + 1]]))
    }
  }

  private mutating func append(_ source: Int, _ tap: Int, merging: Bool) {
    if merging, let last = runs.last, runs.count > ends[ends.count - 1],
      last.source + last.length == source, last.tap + last.length == tap
    {
      runs[runs.count - 1].length += 1
    } else {
      runs.append(Run(source: Int32(source), tap: Int32(tap), length: 1))
    }
  }

  /// The inputs that each output sees.
  ///
  /// - Parameter merging: whether neighbors form one run; else each run has length one.
  static func forOutputs(of axis: ConvolutionAxis, merging: Bool) -> AxisTaps {
    var result = AxisTaps()
    for output in 0..<axis.output {
      for tap in 0..<axis.kernel {
        let input = axis.inputIndex(output: output, tap: tap)
        if input >= 0, input < axis.input { result.append(input, tap, merging: merging) }
      }
      result.ends.append(result.runs.count)
    }
    return result
  }

  /// The outputs that see each input.
  static func forInputs(of axis: ConvolutionAxis) -> AxisTaps {
    var result = AxisTaps()
    for input in 0..<axis.input {
      for tap in 0..<axis.kernel {
        let distance = input + axis.paddingBefore - tap * axis.dilation
        if distance >= 0, distance % axis.stride == 0, distance / axis.stride < axis.output {
          result.append(distance / axis.stride, tap, merging: false)
        }
      }
      result.ends.append(result.runs.count)
    }
    return result
  }
}
