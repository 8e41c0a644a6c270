import Testing

@testable import LimnTensor

@Suite struct MemoryTests {
  @Test("size classes hold what they promise and waste at most a fifth")
  func sizeClasses() throws {
    var counts = Array(0...5000)
    for exponent in 12...49 {
      let power = 1 << exponent
      counts += [power - 1, power, power + 1, power + power / 4]
    }
    var last = 0
    for count in counts.sorted() {
      let size = try #require(SizeClass(holding: count)).byteCount
      #expect(size >= max(count, last))
      if count > 64 { #expect(size <= count + count / 4 + 1) }
      last = size
    }
    #expect(SizeClass(holding: .max) == nil)
    let sizes = (0..<SizeClass.count).map { (4 + $0 % 4) << ($0 / 4 + 4) }
    #expect(sizes.map { SizeClass(holding: $0)?.byteCount } == sizes)
  }

  @Test("counts live and peak bytes, and reuses what was freed")
  func statistics() throws {
    let allocator = Allocator()
    let first = try allocator.allocate(5000)
    #expect(allocator.statistics == MemoryStatistics(live: 5120, cached: 0, peak: 5120))
    allocator.deallocate(first.pointer, first.sizeClass)
    #expect(allocator.statistics == MemoryStatistics(live: 0, cached: 5120, peak: 5120))
    let second = try allocator.allocate(5100)
    #expect(second.pointer == first.pointer)
    #expect(allocator.statistics == MemoryStatistics(live: 5120, cached: 0, peak: 5120))
    allocator.deallocate(second.pointer, second.sizeClass)
    allocator.resetPeak()
    #expect(allocator.statistics == MemoryStatistics(live: 0, cached: 5120, peak: 0))
    allocator.trim()
    #expect(allocator.statistics == MemoryStatistics(live: 0, cached: 0, peak: 0))
  }

  @Test("cuts small blocks from slabs, and keeps them")
  func smallBlocks() throws {
    let allocator = Allocator()
    let blocks = try (0..<3000).map { _ in try allocator.allocate(100) }
    for (index, block) in blocks.enumerated() {
      #expect(Int(bitPattern: block.pointer) % 64 == 0)
      block.pointer.initializeMemory(as: Int.self, repeating: index, count: 12)
    }
    for (index, block) in blocks.enumerated() {
      #expect(block.pointer.load(fromByteOffset: 88, as: Int.self) == index)
      allocator.deallocate(block.pointer, block.sizeClass)
    }
    allocator.trim()
    #expect(allocator.statistics.cached == 3000 * 112)
    #expect(try allocator.allocate(100).pointer == blocks[2999].pointer)
  }

  @Test("lends a large block to a smaller want, by at most half as large again")
  func nearbyClasses() throws {
    let allocator = Allocator()
    let large = try allocator.allocate(3 << 20)
    allocator.deallocate(large.pointer, large.sizeClass)
    let tooSmall = try allocator.allocate(1 << 20)
    #expect(tooSmall.pointer != large.pointer)
    let near = try allocator.allocate(2 << 20)
    #expect(near.pointer == large.pointer)
    #expect(allocator.statistics == MemoryStatistics(live: 4 << 20, cached: 0, peak: 4 << 20))
    allocator.deallocate(near.pointer, near.sizeClass)
    allocator.deallocate(tooSmall.pointer, tooSmall.sizeClass)
    allocator.trim()
    #expect(allocator.statistics.cached == 0)
  }

  @Test("keeps no more than was ever live, and a half")
  func bound() throws {
    let allocator = Allocator()
    for size in [1 << 18, 1 << 20, 3 << 20, 1 << 22] {
      let block = try allocator.allocate(size)
      allocator.deallocate(block.pointer, block.sizeClass)
      let statistics = allocator.statistics
      #expect(statistics.live + statistics.cached <= size + size / 2)
    }
  }

  @Test("counts kernels' scratch: in use, waiting, and in the peak")
  func scratch() throws {
    let allocator = Allocator()
    let block = try allocator.allocate(5000)
    allocator.countScratch(live: 8192, cached: 0)
    #expect(allocator.statistics == MemoryStatistics(live: 5120 + 8192, cached: 0, peak: 5120 + 8192))
    allocator.countScratch(live: -8192, cached: 8192)
    #expect(allocator.statistics == MemoryStatistics(live: 5120, cached: 8192, peak: 5120 + 8192))
    allocator.countScratch(live: 8192, cached: -8192)
    allocator.countScratch(live: -8192, cached: 0)
    allocator.deallocate(block.pointer, block.sizeClass)
    allocator.resetPeak()
    #expect(allocator.statistics == MemoryStatistics(live: 0, cached: 5120, peak: 0))
  }

  @Test("serves several threads at once")
  func threads() async throws {
    let allocator = Allocator()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for seed in 0..<4 {
        group.addTask {
          for index in 0..<2000 {
            let block = try allocator.allocate((index * 37 + seed * 101) % 4000)
            block.pointer.storeBytes(of: seed, as: Int.self)
            #expect(block.pointer.load(as: Int.self) == seed)
            allocator.deallocate(block.pointer, block.sizeClass)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(allocator.statistics.live == 0)
  }

  @Test("refuses what the machine cannot hold, and goes on")
  func tooLarge() throws {
    #expect(Tensor.code { try Tensor.uninitialized([1 << 40], .float32) } == "out-of-memory")
    #expect(Tensor.code { try Tensor.uninitialized([1 << 30, 1 << 30, 1 << 30], .float32) } == "bad-shape")
    #expect(Tensor.code { try Tensor.uninitialized([.max, 2], .float32) } == "bad-shape")
    #expect(Tensor.code { try Tensor.zeros([1 << 40]).copied() } == "out-of-memory")
    #expect(Tensor.code { try Tensor.ones([1 << 24, 1]).adding(Tensor.ones([1, 1 << 24])) } == "bad-shape")
    #expect(Tensor.code { try Tensor.ones([1 << 23, 1]).adding(Tensor.ones([1, 1 << 23])) } == "out-of-memory")
    #expect(try Tensor.zeros([1 << 40]).count == 1 << 40)
    #expect(try Tensor.uninitialized([0, .max, .max], .float32).count == 0)
    let error = #expect(throws: TensorError.self) { try Tensor.uninitialized([1 << 40], .float32) }
    #expect(error?.message == "4.0 TiB more do not fit in memory")
  }
}
