import LimnTestSupport

@testable import LimnTensor

/// What a property test chooses at random: lengths, shapes, layouts, numbers. The same seed chooses the same.
struct Choices {
  private var random: SplitMix

  init(_ seed: Int) { random = SplitMix(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x2545_F491_4F6C_DD1D) }

  mutating func int(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  mutating func element<Element>(of elements: [Element]) -> Element { elements[int(0...elements.count - 1)] }

  mutating func bool() -> Bool { int(0...1) == 1 }

  /// A length that leaves what vectors of 4, 8 and 16 do not take, more often than not: 1, 7, 9, 15, 17, 33, ...
  mutating func length(_ longest: Int = 40) -> Int {
    let odd = [1, 2, 3, 5, 7, 9, 13, 15, 17, 23, 31, 33].filter { $0 <= longest }
    return int(0...3) == 0 ? int(1...longest) : element(of: odd)
  }

  /// So many axes; now and then one of length 1, or of length 0.
  mutating func shape(rank: ClosedRange<Int>, longest: Int = 9) -> Shape {
    let lengths = (0..<int(rank)).map { _ in int(0...19) == 0 ? 0 : length(longest) }
    return Shape(unchecked: lengths)
  }

  /// A shape that broadcasts to another one: some axes have length 1, and some of the first are missing.
  mutating func broadcastable(to shape: Shape) -> Shape {
    let first = int(0...3) == 0 ? int(0...shape.rank) : 0
    return Shape(unchecked: shape.dropFirst(first).map { int(0...2) == 0 ? 1 : $0 })
  }

  /// A way to lay the elements of a shape out: as a part of a larger tensor, with axes exchanged, with steps between
  /// elements, backwards, or one element for a whole axis.
  mutating func layout(of shape: Shape) -> Layout {
    var order = Array(shape.indices)
    for index in order.indices.dropLast() where bool() { order.swapAt(index, int(index...order.count - 1)) }
    let axes = shape.map { length in
      Layout.Axis(
        length: length, before: int(0...2), after: int(0...1), step: int(0...2) == 0 ? 2 : 1, isReversed: int(0...3) == 0,
        isStretched: length > 0 && int(0...6) == 0)
    }
    return Layout(axes: Array(axes), order: order)
  }

  /// Numbers in a layout.
  mutating func tensor(
    _ shape: Shape, _ dtype: DType = .float64, from low: Double = -1.5, to high: Double = 1.5
  ) throws -> Tensor {
    let layout = layout(of: shape)
    return try layout.view(of: try numbers(layout.baseShape, seed: random.next(), from: low, to: high).converted(to: dtype))
  }

  /// Numbers that lie behind one another.
  mutating func plain(_ shape: Shape, from low: Double = -1.5, to high: Double = 1.5) throws -> Tensor {
    try numbers(shape, seed: random.next(), from: low, to: high)
  }
}

/// How a view's elements lie in its base.
struct Layout {
  struct Axis {
    var length: Int
    var before: Int
    var after: Int
    var step: Int
    var isReversed: Bool
    var isStretched: Bool
  }

  var axes: [Axis]
  /// The view's axes, in the order of the base's.
  var order: [Int]

  var baseShape: Shape {
    Shape(
      unchecked: order.map { index in
        let axis = axes[index]
        return axis.isStretched ? 1 : axis.before + axis.length * axis.step + axis.after
      })
  }

  /// The view of a base of ``baseShape``, by operators that have gradients.
  func view(of base: Tensor) throws -> Tensor {
    let parts: [Index] = order.map { index in
      let axis = axes[index]
      return axis.isStretched
        ? .all : .slice(start: axis.before, stop: axis.before + axis.length * axis.step, step: axis.step)
    }
    let inverse = axes.indices.map { axis in order.firstIndex(of: axis) ?? axis }
    let turned = try base.indexed(parts).permuted(inverse)
    let reversed = axes.indices.filter { axes[$0].isReversed && !axes[$0].isStretched }
    let result = reversed.isEmpty ? turned : try turned.flipped(axes: reversed)
    return try result.broadcast(to: Shape(unchecked: axes.map(\.length)))
  }
}

extension Layout {
  /// A function of views, as a function of their bases: gradients then go through the views.
  static func through(_ layouts: [Layout], _ function: @escaping ([Tensor]) throws -> Tensor) -> ([Tensor]) throws -> Tensor {
    { bases in try function(zip(layouts, bases).map { try $0.view(of: $1) }) }
  }
}
