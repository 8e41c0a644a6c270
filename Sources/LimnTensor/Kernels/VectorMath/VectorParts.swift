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
