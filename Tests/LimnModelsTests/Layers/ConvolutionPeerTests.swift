import LimnModels
import LimnTensor
import Testing

/// Values, gradients and gradients of gradients come from PyTorch 2.13: see ``Peer/layer(_:)``.
@Suite("Convolutions with strides, dilations and paddings of their own are PyTorch's, twice differentiated too")
struct ConvolutionPeerTests {
  private let random = RandomSource(seed: 1)

  @Test("Strides and dilations differ by axis, and padding by end")
  func pictures() throws {
    try expectLayerPeer(
      Conv2D(
        4, kernel: WindowSize(rows: 3, columns: 2), stride: WindowSize(rows: 2, columns: 1),
        padding: .explicit(before: 2, after: 1), dilation: WindowSize(rows: 1, columns: 2), random: random),
      "conv2d.padded")
  }

  @Test("PyTorch's padding p with output padding q is [p, p - q]")
  func outputPadding() throws {
    try expectLayerPeer(
      ConvTranspose2D(2, kernel: 3, stride: 2, padding: .explicit(before: 1, after: 0), random: random),
      "conv_transpose2d.output_padding")
  }

  @Test func sequences() throws {
    try expectLayerPeer(
      ConvolutionLayer(
        .conv1D, 2, kernel: [4], stride: [2], padding: .explicit(before: 2, after: 1), random: random),
      "conv1d.strided")
    try expectLayerPeer(
      ConvolutionLayer(.convTranspose1D, 2, kernel: [4], stride: [3], padding: .valid, dilation: [2], random: random),
      "conv_transpose1d")
  }

  @Test func volumes() throws {
    try expectLayerPeer(
      ConvolutionLayer(
        .conv3D, 3, kernel: [2, 3, 2], stride: [2, 1, 2], padding: .valid, dilation: [1, 1, 2], random: random),
      "conv3d.strided")
    try expectLayerPeer(
      ConvolutionLayer(
        .convTranspose3D, 2, kernel: [3, 2, 2], stride: [2, 1, 2], padding: .explicit(before: 1, after: 1),
        random: random), "conv_transpose3d")
  }

  @Test func depthwise() throws {
    try expectLayerPeer(
      ConvolutionLayer(
        .depthwise2D, 2, kernel: [3], stride: [2], padding: .valid, dilation: [2], random: random),
      "depthwise_conv2d.strided")
  }
}
