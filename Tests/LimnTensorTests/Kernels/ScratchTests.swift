import Testing

@testable import LimnTensor

@Suite("Scratch memory")
struct ScratchTests {
  @Test("hands out the smallest large buffer that will do, and small ones by their own size")
  func bestFit() {
    var waiting = Scratch.Waiting()
    let (small, large, larger) = (Scratch.allocate(13), Scratch.allocate(22), Scratch.allocate(24))
    defer { for (pointer, sizeClass) in [(small, 13), (large, 22), (larger, 24)] { Scratch.free(pointer, sizeClass) } }
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
  func replacement() {
    var waiting = Scratch.Waiting()
    let small = Scratch.allocate(19)
    defer { Scratch.free(small, 19) }
    for (pointer, sizeClass) in [(small, 19), (Scratch.allocate(20), 20), (Scratch.allocate(21), 21)] {
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
  func distinct() {
    let sum = Scratch.withFloats(1 << 19) { outer in
      Scratch.withFloats(1 << 18) { inner in
        outer.update(repeating: 1, count: 1 << 19)
        inner.update(repeating: 2, count: 1 << 18)
        return UnsafeBufferPointer(start: outer, count: 1 << 19).reduce(0, +)
      }
    }
    #expect(sum == Float(1 << 19))
  }
}
