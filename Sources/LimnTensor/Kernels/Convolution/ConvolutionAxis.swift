/// One spatial axis of a convolution: which inputs meet which outputs.
///
/// Output `o` sees, through tap `t`, the input at `o * stride + t * dilation - paddingBefore`, if there is one; beyond
/// the edges the input is zero.
struct ConvolutionAxis: Hashable, Sendable {
  /// Length of the input. A transposed convolution's *output* is called the input here.
  var input: Int
  /// Length of the output.
  var output: Int
  /// Number of taps.
  var kernel: Int
  var stride: Int
  /// Distance between two taps.
  var dilation: Int
  /// Zeros before the first input.
  var paddingBefore: Int

  /// The input's index for an output and a tap; it may lie outside.
  @inline(__always)
  func inputIndex(output: Int, tap: Int) -> Int {
    output * stride + tap * dilation - paddingBefore
  }

  /// The outputs for which a tap falls inside the input.
  func outputs(seenThrough tap: Int) -> Range<Int> {
    // 0 ≤ o * stride + offset < input
    let offset = tap * dilation - paddingBefore
    let first = offset >= 0 ? 0 : (-offset + stride - 1) / stride
    let end = input > offset ? (input - offset + stride - 1) / stride : 0
    let last = min(end, output)
    return min(first, last)..<last
  }
}

/// Where zeros go around the input of a convolution.
public enum ConvolutionPadding: Hashable, Sendable {
  /// The output has ⌈n / stride⌉ elements; of an odd number of zeros, the odd one stands at the end.
  case same
  /// No zeros: taps stay inside the input.
  case valid
  /// So many zeros before and after.
  case explicit(before: Int, after: Int)
}

extension ConvolutionAxis {
  /// The axis of a convolution over `input` elements.
  ///
  /// Nil when the kernel does not fit into the padded input, when a count is out of its range (lengths and padding at
  /// least 0, the others at least 1), or when a product of them overflows.
  init?(input: Int, kernel: Int, stride: Int, dilation: Int, padding: ConvolutionPadding) {
    guard let extent = Self.extent(kernel: kernel, stride: stride, dilation: dilation, length: input) else {
      return nil
    }
    let output: Int
    let before: Int
    switch padding {
    case .same:
      output = input == 0 ? 0 : (input - 1) / stride + 1
      before = Self.samePadding(input: input, output: output, extent: extent, stride: stride)
    case .valid:
      guard input >= extent else { return nil }
      output = (input - extent) / stride + 1
      before = 0
    case .explicit(let zerosBefore, let zerosAfter):
      guard let padded = Self.sum(input, zerosBefore, zerosAfter), padded >= extent else { return nil }
      output = (padded - extent) / stride + 1
      before = zerosBefore
    }
    self.init(
      input: input, output: output, kernel: kernel, stride: stride, dilation: dilation, paddingBefore: before)
  }

  /// The axis of a transposed convolution over `length` elements, seen as the convolution that it is the gradient of:
  /// ``output`` is `length`, and ``input`` the length that the transposed convolution makes.
  ///
  /// That is `length * stride` for ``ConvolutionPadding/same``, and (length - 1) · stride + (kernel - 1) · dilation + 1
  /// less the padding for the others. Nil as for ``init(input:kernel:stride:dilation:padding:)``, or when that is
  /// less than zero.
  init?(transposedOver length: Int, kernel: Int, stride: Int, dilation: Int, padding: ConvolutionPadding) {
    guard let extent = Self.extent(kernel: kernel, stride: stride, dilation: dilation, length: length) else {
      return nil
    }
    let full = length == 0 ? 0 : (length - 1) * stride + extent
    let made: Int
    let before: Int
    switch padding {
    case .same:
      made = length * stride
      before = Self.samePadding(input: made, output: length, extent: extent, stride: stride)
    case .valid:
      made = full
      before = 0
    case .explicit(let zerosBefore, let zerosAfter):
      guard let zeros = Self.sum(zerosBefore, zerosAfter, 0), zeros <= full else { return nil }
      made = full - zeros
      before = zerosBefore
    }
    self.init(
      input: made, output: length, kernel: kernel, stride: stride, dilation: dilation, paddingBefore: before)
  }

  /// No length or padding may exceed it: products of two stay far from overflow.
  private static let limit = 1 << 30

  /// The distance that a kernel spans, or nil when an argument is out of range.
  private static func extent(kernel: Int, stride: Int, dilation: Int, length: Int) -> Int? {
    guard (1...limit).contains(kernel), (1...limit).contains(stride), (1...limit).contains(dilation),
      (0...limit).contains(length)
    else { return nil }
    return (kernel - 1) * dilation + 1
  }

  private static func samePadding(input: Int, output: Int, extent: Int, stride: Int) -> Int {
    output == 0 ? 0 : max(0, (output - 1) * stride + extent - input) / 2
  }

  /// The sum of lengths that are each in range.
  private static func sum(_ first: Int, _ second: Int, _ third: Int) -> Int? {
    guard [first, second, third].allSatisfy((0...limit).contains) else { return nil }
    return first + second + third
  }
}
