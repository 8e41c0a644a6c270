import Testing

@testable import LimnTensor

@Suite("A convolution's axis")
struct ConvolutionAxisTests {
  @Test("of same padding has ⌈n / stride⌉ outputs, the odd zero at the end")
  func same() throws {
    let axis = try #require(ConvolutionAxis(input: 28, kernel: 5, stride: 2, dilation: 1, padding: .same))
    #expect(axis.output == 14)
    #expect(axis.paddingBefore == 1)  // and two after: 28 + 3 = 13 · 2 + 5
    let odd = try #require(ConvolutionAxis(input: 7, kernel: 3, stride: 2, dilation: 2, padding: .same))
    #expect(odd.output == 4)
    #expect(odd.paddingBefore == 2)
    let wide = try #require(ConvolutionAxis(input: 9, kernel: 1, stride: 4, dilation: 1, padding: .same))
    #expect(wide.output == 3)
    #expect(wide.paddingBefore == 0)
  }

  @Test("of valid padding keeps its taps inside")
  func valid() throws {
    let axis = try #require(ConvolutionAxis(input: 10, kernel: 3, stride: 2, dilation: 2, padding: .valid))
    #expect(axis.output == 3)
    #expect(ConvolutionAxis(input: 4, kernel: 3, stride: 1, dilation: 2, padding: .valid) == nil)
  }

  @Test("takes padding as it is told")
  func explicit() throws {
    let axis = try #require(
      ConvolutionAxis(input: 5, kernel: 3, stride: 2, dilation: 1, padding: .explicit(before: 1, after: 2)))
    #expect(axis.output == 3)
    #expect(axis.paddingBefore == 1)
    #expect(
      ConvolutionAxis(input: 5, kernel: 3, stride: 1, dilation: 1, padding: .explicit(before: -1, after: 0)) == nil)
  }

  @Test("transposed makes n · stride elements for same padding, and is the axis of a convolution back")
  func transposed() throws {
    for length in 1...9 {
      for kernel in 1...6 {
        for stride in 1...4 {
          let axis = try #require(
            ConvolutionAxis(transposedOver: length, kernel: kernel, stride: stride, dilation: 1, padding: .same))
          #expect(axis.input == length * stride)
          #expect(
            ConvolutionAxis(input: axis.input, kernel: kernel, stride: stride, dilation: 1, padding: .same) == axis)
        }
      }
    }
    let valid = try #require(
      ConvolutionAxis(transposedOver: 4, kernel: 3, stride: 2, dilation: 1, padding: .valid))
    #expect(valid.input == 9)
    let explicit = try #require(
      ConvolutionAxis(transposedOver: 4, kernel: 3, stride: 2, dilation: 1, padding: .explicit(before: 1, after: 0)))
    #expect(explicit.input == 8)
    #expect(
      ConvolutionAxis(transposedOver: 1, kernel: 2, stride: 1, dilation: 1, padding: .explicit(before: 2, after: 1))
        == nil)
  }

  @Test("refuses what cannot be, without overflow")
  func refusals() {
    for huge in [Int.max, Int.max / 2, 1 << 40] {
      #expect(ConvolutionAxis(input: huge, kernel: 3, stride: 1, dilation: 1, padding: .same) == nil)
      #expect(ConvolutionAxis(input: 8, kernel: huge, stride: 1, dilation: 1, padding: .same) == nil)
      #expect(ConvolutionAxis(input: 8, kernel: 3, stride: huge, dilation: 1, padding: .same) == nil)
      #expect(ConvolutionAxis(input: 8, kernel: 3, stride: 1, dilation: huge, padding: .same) == nil)
      #expect(
        ConvolutionAxis(input: 8, kernel: 3, stride: 1, dilation: 1, padding: .explicit(before: huge, after: huge))
          == nil)
      #expect(ConvolutionAxis(transposedOver: huge, kernel: 3, stride: 2, dilation: 1, padding: .valid) == nil)
    }
    for bad in [0, -1, Int.min] {
      #expect(ConvolutionAxis(input: 8, kernel: bad, stride: 1, dilation: 1, padding: .same) == nil)
      #expect(ConvolutionAxis(input: 8, kernel: 3, stride: bad, dilation: 1, padding: .same) == nil)
      #expect(ConvolutionAxis(input: 8, kernel: 3, stride: 1, dilation: bad, padding: .same) == nil)
    }
  }

  @Test("lists the outputs that a tap serves as its index rule does")
  func outputsSeen() throws {
    for (input, kernel, stride, dilation) in [(7, 3, 2, 1), (5, 5, 1, 1), (9, 2, 3, 4), (1, 5, 1, 1), (6, 4, 5, 2)] {
      let axis = try #require(
        ConvolutionAxis(input: input, kernel: kernel, stride: stride, dilation: dilation, padding: .same))
      for tap in 0..<kernel {
        let seen = (0..<axis.output).filter { (0..<input).contains(axis.inputIndex(output: $0, tap: tap)) }
        #expect(Array(axis.outputs(seenThrough: tap)) == seen)
      }
    }
  }
}
