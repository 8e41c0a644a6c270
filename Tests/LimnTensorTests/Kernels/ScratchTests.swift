import Testing

@testable import LimnTensor

@Suite("Scratch memory")
struct ScratchTests {
  private func fresh(_ sizeClass: Int) throws -> UnsafeMutableRawPointer { try #require(Scratch.fresh(sizeClass)) }

  private func release(_ pointer: UnsafeMutableRawPointer, _ sizeClass: Int) {
    SystemMemory.release(pointer, 1 << sizeClass)
  }

  @Test("hands out the smallest large buffer that will do, and small ones by their own size")
  func bestFit() throws {
    var waiting = Scratch.Waiting()
    let (small, large, larger) = (try fresh(13), try fresh(22), try fresh(24))
    defer { for (pointer, sizeClass) in [(small, 13), (large, 22), (larger, 24)] { release(pointer, sizeClass) } }
    for (pointer, sizeClass) in [(larger, 24), (small, 13), (large, 22)] {
      let isKept = waiting.add(pointer, sizeClass)
      #expect(isKept)
    }
    var taken: [(UnsafeMutableRawPointer, Int)?] = []
    for wanted in [12, 20, 22, 20, 13] { taken.append(waiting.take(wanted)) }
    #expect(taken.map { $0?.0 } == [nil, large, larger, nil, small])
    #expect(taken.map { $0?.1 } == [nil, 22, 24, nil, 13])
    #expect(waiting.bytes == 0)
  }

  @Test("frees large buffers that a larger one replaces, and keeps small ones")
  func replacement() throws {
    var waiting = Scratch.Waiting()
    let small = try fresh(19)
    defer { release(small, 19) }
    for (pointer, sizeClass) in [(small, 19), (try fresh(20), 20), (try fresh(21), 21)] {
      let isKept = waiting.add(pointer, sizeClass)
      #expect(isKept)
    }
    let largest = waiting.take(23)
    #expect(largest == nil)
    #expect(waiting.bytes == 1 << 19)
    let kept = waiting.take(19)
    #expect(kept?.0 == small)
  }

  @Test("gives each of several at once its own memory")
  func distinct() throws {
    let sum = try Scratch.withFloats(1 << 19) { outer in
      try Scratch.withFloats(1 << 18) { inner in
        outer.update(repeating: 1, count: 1 << 19)
        inner.update(repeating: 2, count: 1 << 18)
        return UnsafeBufferPointer(start: outer, count: 1 << 19).reduce(0, +)
      }
    }
    #expect(sum == Float(1 << 19))
  }

  @Test("throws out-of-memory for more than the machine has, and counts nothing for it")
  func tooMuch() throws {
    do {
      try Scratch.withFloats(1 << 44) { _ -> Void in Issue.record("64 TiB were given") }
      Issue.record("64 TiB passed")
    } catch let error as TensorError {
      #expect(error.code == .outOfMemory)
      #expect(error.message == "64.0 TiB more do not fit in memory")
    }
  }
}
