/// Philox 4x32-10: four random words from a counter and a key.
///
/// It is a keyed permutation of counters, so any part of the stream can be computed by itself, on any thread.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
enum Philox {
  /// The four words of a block. Each lane of the vectors is a block of its own.
  typealias Words = (x: SIMD4<UInt32>, y: SIMD4<UInt32>, z: SIMD4<UInt32>, w: SIMD4<UInt32>)

  /// Four blocks at once.
  @inline(__always)
  static func blocks(_ counters: Words, key: SIMD2<UInt32>) -> Words {
    // Words are kept in 64 bits: that is what products want.
    let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
    var x = SIMD4<UInt64>(truncatingIfNeeded: counters.x)
    var y = SIMD4<UInt64>(truncatingIfNeeded: counters.y)
    var z = SIMD4<UInt64>(truncatingIfNeeded: counters.z)
    var w = SIMD4<UInt64>(truncatingIfNeeded: counters.w)
    var k = key
    for round in 0..<10 {
      if round > 0 { k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let first = x &* SIMD4(repeating: 0xD251_1F53)
      let second = z &* SIMD4(repeating: 0xCD9E_8D57)
      x = (second &>> 32) ^ y ^ SIMD4(repeating: UInt64(k.x))
      z = (first &>> 32) ^ w ^ SIMD4(repeating: UInt64(k.y))
      y = second & low
      w = first & low
    }
    return (
      SIMD4(truncatingIfNeeded: x), SIMD4(truncatingIfNeeded: y), SIMD4(truncatingIfNeeded: z),
      SIMD4(truncatingIfNeeded: w)
    )
  }

  /// The blocks at four successive positions of a stream that is counted in 64 bits. `lane` is the third word of the
  /// counter: streams of the same key and another lane have nothing in common.
  @inline(__always)
  static func blocks(at position: UInt64, key: UInt64, lane: UInt32 = 0) -> Words {
    let positions = SIMD4<UInt64>(repeating: position) &+ SIMD4<UInt64>(0, 1, 2, 3)
    return blocks(
      (
        SIMD4(truncatingIfNeeded: positions), SIMD4(truncatingIfNeeded: positions &>> 32), SIMD4(repeating: lane),
        SIMD4(repeating: 0)
      ), key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
  }
}
