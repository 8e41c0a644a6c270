/// Loops over contiguous floats, eight at a time:
///
///     forEachVector(count) { place, width in
///       output.put(VectorMath.exp(input.vector(place, width)), place, width)
///     }
///
/// The last vector may not be full: what is missing is read as zero, and is not stored. `output` may be `input`.
@inline(__always)
func forEachVector(_ count: Int, _ body: (_ place: Int, _ width: Int) -> Void) {
  var place = 0
  while place + 8 <= count {
    body(place, 8)
    place += 8
  }
  if place < count { body(place, count - place) }
}

/// A loop over the first `count` of `room` contiguous floats that returns where its last vector ends.
///
/// The last vector is a whole one where there is room: `width` says how much of it there is, `wanted` how much of it
/// belongs to `count`. `body` is compiled once, and stays in the loop: one as long as an exponential, which
/// ``forEachVector(_:_:)`` has twice, would become a call.
@inline(__always) @discardableResult
func forEachVector(
  _ count: Int, of room: Int, _ body: (_ place: Int, _ wanted: Int, _ width: Int) -> Void
) -> Int {
  var place = 0
  while place < count {
    let width = min(8, max(count, room) - place)
    body(place, min(8, count - place), width)
    place += width
  }
  return place
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func vector(_ place: Int, _ width: Int) -> Vector {
    width == 8 ? Vector(at: self + place) : Vector(at: UnsafePointer(self + place), count: width)
  }

  @inline(__always)
  func put(_ vector: Vector, _ place: Int, _ width: Int) {
    if width == 8 { vector.store(to: self + place) } else { vector.store(to: self + place, count: width) }
  }
}

extension UnsafePointer<Float> {
  @inline(__always)
  func vector(_ place: Int, _ width: Int) -> Vector {
    width == 8 ? Vector(at: self + place) : Vector(at: self + place, count: width)
  }
}
