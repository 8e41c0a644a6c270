/// One axis of a convolution, or of its gradient for the input, cut into tiles for a ``CookToom`` algorithm.
///
/// A stride is undone by phases. With stride s, the elements j, j + s, j + 2s, ... of the longer side are a line of
/// their own, phase j of s, and each of them meets the shorter side at stride one, through taps that lie s apart. A
/// convolution sums over the phases of its source; its gradient has phases in the destination, which share the source.
///
///     destination[phase][o] = Σ over a of weights[tap(phase, a)] · source[o + a]        gradient
///     destination[o] = Σ over phases, a of weights[tap(phase, a)] · source[phase][o + a]        convolution
///
/// The destination is cut into tiles of `outputs` elements, each of which sees a window of the source.
struct ToomAxis {
  let sourceLength: Int
  let destinationLength: Int
  /// Phases of the source, and of the destination: one of them is 1.
  let sourcePhases: Int
  let destinationPhases: Int
  let tiles: Int
  /// Taps of the whole kernel.
  let kernelLength: Int
  /// Elements of a tile.
  let outputs: Int
  /// Multiplications for a tile.
  let points: Int
  /// Taps to points; the columns are the places a, of which a phase has some.
  let kernel: LineMatrix
  /// Window to points.
  let window: LineMatrix
  /// Points to the elements of a tile.
  let result: LineMatrix
  /// The elements of a tile to points: the transpose of `result`, for gradients.
  let output: LineMatrix
  /// Points to taps: the transpose of `kernel`, for gradients.
  let taps: LineMatrix

  /// The first element of the first tile's window.
  private let windowStart: Int
  private let phaseTaps: [Taps]

  /// The taps of a phase: `first`, `first + step`, ..., at neighboring places.
  struct Taps {
    var first: Int
    var step: Int
    /// Their columns of ``kernel``.
    var places: Range<Int>
  }

  /// - Returns: nil when taps are dilated, or there are too many of them.
  init?(_ axis: ConvolutionAxis, isGradient: Bool) {
    guard axis.dilation == 1 else { return nil }
    kernelLength = axis.kernel
    let phases = axis.stride
    sourcePhases = isGradient ? 1 : phases
    destinationPhases = isGradient ? phases : 1
    sourceLength = isGradient ? axis.output : axis.input
    destinationLength = isGradient ? axis.input : axis.output

    // A convolution's tap is stride · a + phase + padding, its gradient's is phase + padding - stride · a.
    let ranges = (0..<phases).map { phase -> ClosedRange<Int>? in
      let shift = phase + axis.paddingBefore
      let low = isGradient ? Self.ceiling(shift - axis.kernel + 1, phases) : Self.ceiling(-shift, phases)
      let high = isGradient ? Self.floor(shift, phases) : Self.floor(axis.kernel - 1 - shift, phases)
      return low <= high ? low...high : nil
    }
    let used = ranges.compactMap { $0 }
    guard let first = used.map(\.lowerBound).min(), let last = used.map(\.upperBound).max() else { return nil }
    let reach = last - first + 1
    phaseTaps = ranges.enumerated().map { phase, range in
      guard let range else { return Taps(first: 0, step: 1, places: 0..<0) }
      let shift = phase + axis.paddingBefore
      return Taps(
        first: isGradient ? shift - phases * range.lowerBound : phases * range.lowerBound + shift,
        step: isGradient ? -phases : phases, places: range.lowerBound - first..<range.upperBound - first + 1)
    }

    // Phase 0 is the longest, on either side.
    let length = (destinationLength - 1) / destinationPhases + 1
    let source = (sourceLength - 1) / sourcePhases + 1
    let sizes = (1...4).filter { $0 + reach - 1 <= CookToom.mostPoints }
    let cost = { (outputs: Int) in ((length - 1) / outputs + 1) * (outputs + reach - 1) }
    guard let outputs = sizes.min(by: { cost($0) < cost($1) }) else { return nil }
    self.outputs = outputs
    tiles = (length - 1) / outputs + 1
    let low = max(0, first)
    let inside = min(source, first + outputs + reach - 1) - low
    if tiles == 1, inside > 0, inside < reach {
      // A short source takes the part of the kernel, and the kernel, with zeros around it, that of the window.
      let algorithm = CookToom.algorithm(outputs: outputs, taps: inside)
      let points = outputs + inside - 1
      let shift = low - first - (outputs - 1)
      kernel = LineMatrix(
        algorithm.window.map { row in
          (0..<reach).map { tap in (0..<points).contains(tap - shift) ? row[tap - shift] : 0 }
        })
      window = LineMatrix(algorithm.kernel)
      result = LineMatrix(algorithm.result.reversed())
      windowStart = low
      self.points = points
    } else {
      let algorithm = CookToom.algorithm(outputs: outputs, taps: reach)
      kernel = LineMatrix(algorithm.kernel)
      window = LineMatrix(algorithm.window)
      result = LineMatrix(algorithm.result)
      windowStart = first
      points = outputs + reach - 1
    }
    output = result.transposed
    taps = kernel.transposed
  }

  /// Elements that a tile or window has on its side.
  struct Span {
    /// The element's index in memory.
    var start: Int
    /// Elements from one to the next in memory.
    var step: Int
    /// Their columns, or rows, of the matrix.
    var places: Range<Int>
  }

  /// The source elements that a tile sees.
  func source(tile: Int, phase: Int) -> Span {
    let length = max(0, (sourceLength - phase + sourcePhases - 1) / sourcePhases)
    let start = windowStart + tile * outputs
    let low = min(max(0, -start), window.columns)
    let high = max(low, min(window.columns, length - start))
    return Span(start: (start + low) * sourcePhases + phase, step: sourcePhases, places: low..<high)
  }

  /// The destination elements that a tile makes.
  func destination(tile: Int, phase: Int) -> Span {
    let length = max(0, (destinationLength - phase + destinationPhases - 1) / destinationPhases)
    let start = tile * outputs
    return Span(
      start: start * destinationPhases + phase, step: destinationPhases,
      places: 0..<max(0, min(outputs, length - start)))
  }

  /// The taps of a phase, of whichever side has them.
  func taps(phase: Int) -> Taps { phaseTaps[phase] }

  private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
  private static func ceiling(_ a: Int, _ b: Int) -> Int { -floor(-a, b) }
}
