import LimnModels
import LimnTensor
import Testing

/// Values and gradients come from PyTorch 2.13: see ``Peer/layer(_:)``.
@Suite("Pooling, up-sampling and padding of one to three axes are PyTorch's")
struct WindowPeerTests {
  @Test("Pooling looks at what lies inside alone", arguments: 1...3)
  func pooling(_ axes: Int) throws {
    let (size, stride) = ([[3], [3, 2], [3, 2, 2]][axes - 1], [[2], [2, 3], [2, 1, 2]][axes - 1])
    for pooling in FunctionLayer.Pooling.allCases {
      let layer = try FunctionLayer.pool(pooling, size, stride: stride, padding: .explicit(before: 1, after: 1))
      try expectLayerPeer(layer, "\(pooling.rawValue)_pool\(axes)d", second: false)
    }
  }

  @Test(arguments: 1...3, UpSampling.allCases)
  func upSampling(_ axes: Int, _ mode: UpSampling) throws {
    let layer = try FunctionLayer.upSample(Array([3, 2, 2].prefix(axes)), mode)
    try expectLayerPeer(layer, "up_sample\(axes)d.\(mode.rawValue)", second: false)
  }

  @Test(arguments: 1...3, PaddingMode.allCases)
  func padding(_ axes: Int, _ mode: PaddingMode) throws {
    let layer = try FunctionLayer.pad(Array([(2, 1), (0, 2), (1, 2)].prefix(axes)), mode: mode)
    try expectLayerPeer(layer, "pad\(axes)d.\(mode.rawValue)", second: false)
  }

  @Test("What is padded and cropped by the same widths is as before", arguments: 1...3)
  func cropping(_ axes: Int) throws {
    let x = try Peer.layer("pad\(axes)d.reflect.x")
    let widths = Array([(2, 1), (0, 2), (1, 2)].prefix(axes))
    try expectEqual(try FunctionLayer.crop(widths)(FunctionLayer.pad(widths, mode: .circular)(x)), x)
    #expect(failure { try FunctionLayer.crop(widths.map { ($0.0 + 9, $0.1) })(x) }?.code == .shapeMismatch)
    #expect(failure { try FunctionLayer.crop(widths)(Tensor.zeros([2])) }?.code == .shapeMismatch)
    #expect(try FunctionLayer.crop([(1, 2)]).description == "crop1d([[1, 2]])")
    #expect(try FunctionLayer.pad([(1, 2)], mode: .reflect).description == "pad1d([[1, 2]], mode: \"reflect\")")
  }
}
