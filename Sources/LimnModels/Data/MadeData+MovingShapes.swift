import Glibc
import LimnTensor

extension MadeData {
  /// Short films of a white disc, square or diamond that moves in a straight line and bounces off the edges.
  ///
  /// - Parameters:
  ///   - count: The number of clips; the kinds of shape take turns.
  ///   - frames: Pictures in a clip.
  ///   - size: A picture's height and width in pixels, 8 or more.
  /// - Returns: Clips float32 `[count, frames, size, size, 1]` from 0 to 1, and labels int64 `[count]`: 0 for a disc,
  ///   1 for a square, 2 for a diamond.
  /// - Throws: `bad-argument`, `out-of-memory`.
  public static func movingShapes(
    count: Int, frames: Int = 16, size: Int = 32, random: RandomSource
  ) throws -> (clips: Tensor, labels: Tensor) {
    try check(count: count)
    guard frames > 0 else { throw TensorError(.badArgument, "a clip has at least one frame, not \(frames)") }
    guard size >= 8 else {
      throw TensorError(.badArgument, "moving shapes need pictures of 8 pixels or more, not \(size)")
    }
    let clips = try Tensor.uninitialized(Shape([count, frames, size, size, 1]), .float32)
    let numbers = try random.uniformNumbers([count, 5])
    withExtendedLifetime(clips) {
      var pixel = clips.pointer(Float.self)
      for index in 0..<count {
        let shape = MovingShape(kind: index % 3, size: size, numbers: numbers[(index * 5)..<(index * 5 + 5)])
        for frame in 0..<frames {
          let center = shape.center(at: frame)
          for y in 0..<size {
            for x in 0..<size {
              pixel.pointee = shape.coverage(x: Double(x) + 0.5 - center.x, y: Double(y) + 0.5 - center.y)
              pixel += 1
            }
          }
        }
      }
    }
    return (clips, try Tensor((0..<count).map { Int64($0 % 3) }))
  }
}

/// A shape and its path; lengths in pixels, times in frames.
private struct MovingShape {
  let kind: Int
  let size: Double
  let radius: Double
  let start: (x: Double, y: Double)
  let speed: (x: Double, y: Double)

  /// A shape from five uniform numbers: its radius, place, direction and speed.
  init(kind: Int, size: Int, numbers: ArraySlice<Double>) {
    let n = Array(numbers)
    self.kind = kind
    self.size = Double(size)
    radius = self.size * (0.12 + 0.08 * n[0])
    let room = self.size - 2 * radius
    start = (room * n[1], room * n[2])
    let step = self.size * (0.03 + 0.05 * n[4])
    speed = (step * cos(2 * .pi * n[3]), step * sin(2 * .pi * n[3]))
  }

  func center(at frame: Int) -> (x: Double, y: Double) {
    (radius + bounced(start.x + speed.x * Double(frame)), radius + bounced(start.y + speed.y * Double(frame)))
  }

  /// A way along one axis, folded back and forth between the edges.
  private func bounced(_ way: Double) -> Double {
    let room = size - 2 * radius
    let phase = abs(way).truncatingRemainder(dividingBy: 2 * room)
    return min(phase, 2 * room - phase)
  }

  /// How much of a pixel the shape covers, by the distance from the pixel's center to the shape's edge.
  func coverage(x: Double, y: Double) -> Float {
    let distance =
      switch kind {
      case 0: (x * x + y * y).squareRoot() - radius
      case 1: max(abs(x), abs(y)) - radius
      default: (abs(x) + abs(y) - radius) / 2.0.squareRoot()
      }
    return Float(min(max(0.5 - distance, 0), 1))
  }
}
