import Testing

@testable import LimnTensor

/// Random lengths that leave remainders of vectors and tiles, in random layouts: fused kernels of float32, and their
/// gradients, against the same functions in float64, which ``checkGradients`` and PyTorch's values vouch for.
@Suite("Whatever the shapes and layouts, fused kernels")
struct KernelPropertyTests {
  /// Checks a function of tensors of given shapes, each in a layout of its own.
  private func check(
    _ seed: Int, _ choices: inout Choices, _ shapes: [Shape], tolerance: Double = 2e-4,
    _ function: @escaping ([Tensor]) throws -> Tensor
  ) throws {
    let layouts = shapes.map { choices.layout(of: $0) }
    let bases = try layouts.map { try choices.plain($0.baseShape) }
    let throughViews = Layout.through(layouts, function)
    do {
      try checkSinglePrecision(bases, tolerance: tolerance, second: false, throughViews)
    } catch { Issue.record("\(error) for \(shapes), seed \(seed)") }
  }

  private func window(_ choices: inout Choices, length: Int, taps: Int) -> ConvolutionWindow {
    let dilation = choices.int(0...3) == 0 ? 2 : 1
    let fits = (taps - 1) * dilation < length
    let padding: [ConvolutionPadding] = [
      .same, .explicit(before: choices.int(0...2) + (taps - 1) * dilation, after: choices.int(0...2)),
      fits ? .valid : .same,
    ]
    return ConvolutionWindow(
      stride: choices.element(of: [1, 1, 2, 3]), dilation: dilation, padding: choices.element(of: padding))
  }

  @Test("of products", arguments: 0..<24)
  func products(_ seed: Int) throws {
    var choices = Choices(seed)
    let (rows, depth, columns) = (choices.length(70), choices.length(70), choices.length(70))
    let batch = choices.shape(rank: 0...2, longest: 3)
    let first = choices.broadcastable(to: batch)
    try check(
      seed, &choices, [Shape(unchecked: first + [rows, depth]), Shape(unchecked: batch + [depth, columns])]
    ) { try $0[0].matrixProduct($0[1]).multiplied(by: .float(0.1)) }
  }

  @Test("of convolutions, transposed and of each channel too", arguments: 0..<36)
  func convolutions(_ seed: Int) throws {
    var choices = Choices(seed)
    let (height, width) = (choices.int(1...13), choices.int(1...13))
    let (tall, wide) = (choices.int(1...5), choices.int(1...5))
    let (inputs, outputs, batch) = (choices.length(20), choices.length(20), choices.int(1...5))
    let rows = window(&choices, length: height, taps: tall)
    let columns = window(&choices, length: width, taps: wide)
    let image: Shape = [batch, height, width, inputs]
    try check(seed, &choices, [image, [tall, wide, inputs, outputs]], tolerance: 5e-4) {
      try $0[0].convolution2D($0[1], rows: rows, columns: columns).multiplied(by: .float(0.1))
    }
    try check(seed, &choices, [image, [tall, wide, inputs, choices.int(1...3)]]) {
      try $0[0].depthwiseConvolution2D($0[1], rows: rows, columns: columns)
    }
    // Of zeros before and after, a transposed convolution takes away, and may leave nothing.
    let (up, across) = (ConvolutionWindow(stride: rows.stride), ConvolutionWindow(stride: columns.stride, padding: .valid))
    try check(seed, &choices, [image, [tall, wide, outputs, inputs]], tolerance: 5e-4) {
      try $0[0].transposedConvolution2D($0[1], rows: up, columns: across).multiplied(by: .float(0.1))
    }
  }

  @Test("of sequences and volumes", arguments: 0..<12)
  func otherAxes(_ seed: Int) throws {
    var choices = Choices(seed)
    let (time, taps, inputs, outputs) = (choices.length(40), choices.int(1...6), choices.length(17), choices.length(17))
    let along = window(&choices, length: time, taps: taps)
    try check(seed, &choices, [[choices.int(1...3), time, inputs], [taps, inputs, outputs]], tolerance: 5e-4) {
      try $0[0].convolution1D($0[1], along).multiplied(by: .float(0.1))
    }
    let (depth, side, thick) = (choices.int(1...5), choices.int(1...6), choices.int(1...3))
    let deep = window(&choices, length: depth, taps: thick)
    let flat = window(&choices, length: side, taps: 2)
    try check(seed, &choices, [[1, depth, side, side + 1, inputs], [thick, 2, 2, inputs, outputs]], tolerance: 5e-4) {
      try $0[0].convolution3D($0[1], depth: deep, rows: flat, columns: flat).multiplied(by: .float(0.1))
    }
  }

  @Test("of pooling, over one to three axes", arguments: 0..<20)
  func pooling(_ seed: Int) throws {
    var choices = Choices(seed)
    let lengths = (0..<3).map { _ in choices.int(1...9) }
    let windows = lengths.map { length in
      let size = choices.int(1...4)
      return PoolingWindow(
        size: size, stride: choices.int(1...3), padding: size <= length && choices.bool() ? .valid : .same)
    }
    let channels = choices.length(20)
    try check(seed, &choices, [[2, lengths[0], channels]]) {
      try $0[0].maxPooled1D(windows[0]).adding($0[0].averagePooled1D(windows[0]))
    }
    try check(seed, &choices, [[2, lengths[0], lengths[1], channels]]) {
      try $0[0].maxPooled2D(rows: windows[0], columns: windows[1])
        .adding($0[0].averagePooled2D(rows: windows[0], columns: windows[1]))
    }
    try check(seed, &choices, [[1, lengths[0], lengths[1], lengths[2], channels]]) {
      try $0[0].maxPooled3D(depth: windows[0], rows: windows[1], columns: windows[2])
        .adding($0[0].averagePooled3D(depth: windows[0], rows: windows[1], columns: windows[2]))
    }
  }

  @Test("of normalizations, with one row or one channel too", arguments: 0..<24)
  func normalizations(_ seed: Int) throws {
    var choices = Choices(seed)
    let (groups, width) = (choices.int(1...4), choices.length(35))
    let channels = groups * width
    let leading = choices.shape(rank: 1...3, longest: 7).map { max($0, 1) }
    let shapes: [Shape] = [Shape(unchecked: leading + [channels]), [channels], [channels]]
    // A large ε keeps what has hardly any spread from being divided by rounding.
    try check(seed, &choices, shapes) {
      try $0[0].layerNormalized(scale: $0[1], offset: $0[2], epsilon: 0.1)
    }
    try check(seed, &choices, [shapes[0], shapes[1]]) {
      try $0[0].rootMeanSquareNormalized(scale: $0[1], epsilon: 0.1)
    }
    try check(seed, &choices, shapes, tolerance: 5e-4) {
      try $0[0].batchNormalized(scale: $0[1], offset: $0[2], epsilon: 0.1).output
    }
    try check(seed, &choices, [[2, 3, choices.int(1...4), channels], [channels], [channels]], tolerance: 5e-4) {
      try $0[0].groupNormalized(groups: groups, scale: $0[1], offset: $0[2], epsilon: 0.1)
    }
  }

  @Test("of attention, masked and causal", arguments: 0..<24)
  func attention(_ seed: Int) throws {
    var choices = Choices(seed)
    let causal = choices.bool()
    let queries = choices.element(of: [1, 2, 3, 7, 17, 33, 63, 65, 67])
    let keys = causal ? queries + choices.int(0...9) : choices.element(of: [1, 2, 5, 9, 31, 66, 129, 257])
    let (batch, heads, size, width) = (choices.int(1...3), choices.int(1...3), choices.length(17), choices.length(17))
    var shapes: [Shape] = [
      [batch, queries, heads, size], [batch, keys, heads, size], [batch, keys, heads, width],
    ]
    let isMasked = choices.bool()
    if isMasked { shapes.append(choices.broadcastable(to: [batch, heads, queries, keys])) }
    try check(seed, &choices, shapes) { x in
      try Tensor.attention(query: x[0], key: x[1], value: x[2], isCausal: causal, mask: isMasked ? x[3] : nil)
    }
  }

  @Test("of recurrent cells", arguments: 0..<24)
  func recurrent(_ seed: Int) throws {
    var choices = Choices(seed)
    let cell = choices.element(of: Array(RecurrentCell.allCases))
    let activation = choices.element(of: Array(CellActivation.allCases))
    let (steps, batch, features, units) = (choices.int(1...4), choices.length(9), choices.length(19), choices.length(19))
    let width = cell.gates * units
    let isGRU = cell == .gru
    let hasState = choices.bool()
    let shapes: [Shape] = [[steps, batch, features], [features, width], [units, width], [width]]
      + (isGRU ? [[units]] : []) + (hasState ? [[batch, units]] + (cell == .lstm ? [[batch, units]] : []) : [])
    try check(seed, &choices, shapes) { x in
      // Small weights keep a relu's state from growing from step to step.
      let weights = RecurrentWeights(
        kernel: try x[1] * 0.2, recurrentKernel: try x[2] * 0.2, bias: x[3], candidateBias: isGRU ? x[4] : nil)
      let result = try x[0].recurrent(
        cell, weights, state: hasState ? Array(x[(isGRU ? 5 : 4)...]) : [], activation: activation)
      return try Tensor.concatenated([result.outputs.flattened()] + result.state.map { try $0.flattened() })
    }
  }

  @Test("of losses, softmax, and bias with activation", arguments: 0..<24)
  func rows(_ seed: Int) throws {
    var choices = Choices(seed)
    let (rows, classes) = (choices.length(20), choices.length(70))
    let labels = try Tensor((0..<rows).map { _ in choices.int(-1...classes - 1) })
    let smoothing = choices.bool() ? 0.1 : 0
    try check(seed, &choices, [[rows, classes]]) {
      try Loss.crossEntropy($0[0], labels: labels, smoothing: smoothing, ignored: -1, reduction: .none)
    }
    let axis = choices.int(0...1)
    try check(seed, &choices, [[rows, classes]]) { try $0[0].softmax(axis: axis) }
    try check(seed, &choices, [[rows, classes]]) { try $0[0].logSoftmax(axis: axis) }
    try check(seed, &choices, [[rows, classes], [rows, classes]]) {
      try Loss.binaryCrossEntropy($0[0], .tensor($0[1].sigmoid()), reduction: .none)
    }
    let activation = choices.element(of: BiasActivationTests.activations)
    try check(seed, &choices, [[rows, classes], [classes]]) { try $0[0].activated(bias: $0[1], activation) }
  }
}
