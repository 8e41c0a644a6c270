import LimnTensor
import Testing

@testable import LimnModels

@Suite struct BatchesTests {
  /// Row i of the first tensor is [10 i, 10 i + 1], of the second i.
  private func rows(_ count: Int) throws -> [Tensor] {
    [
      try Tensor((0..<count).flatMap { [Float($0 * 10), Float($0 * 10 + 1)] }, Shape([count, 2])),
      try Tensor((0..<count).map { Int64($0) }),
    ]
  }

  /// The second tensor's rows, batch by batch.
  private func labels(_ loop: Batches.Loop) throws -> [[Int64]] {
    var labels: [[Int64]] = []
    while let batch = try loop.next() { labels.append(try batch[1].elements()) }
    return labels
  }

  @Test func rowsComeInTheirOrderUnlessShuffled() throws {
    let batches = try Batches(rows(7), size: 3, shuffle: false, random: RandomSource(seed: 1))
    #expect(batches.count == 3)
    #expect(try labels(batches.begin()) == [[0, 1, 2], [3, 4, 5], [6]])
  }

  @Test func aLastBatchThatIsNotFullMayBeDropped() throws {
    let batches = try Batches(rows(7), size: 3, shuffle: false, dropLast: true, random: RandomSource(seed: 1))
    #expect(batches.count == 2)
    #expect(try labels(batches.begin()) == [[0, 1, 2], [3, 4, 5]])
  }

  @Test func aLoopHasEachRowOnceAndRowsStayTogether() throws {
    let batches = try Batches(rows(50), size: 8, random: RandomSource(seed: 3))
    let loop = try batches.begin()
    var seen: [Int64] = []
    while let batch = try loop.next() {
      let numbers = try batch[1].elements(Int64.self)
      #expect(try batch[0].elements(Float.self) == numbers.flatMap { [Float($0 * 10), Float($0 * 10 + 1)] })
      seen += numbers
    }
    #expect(seen != (0..<50).map { $0 })
    #expect(seen.sorted() == (0..<50).map { $0 })
  }

  @Test func everyLoopHasItsOwnOrderAndASeedRepeatsThemAll() throws {
    func twoLoops() throws -> [[[Int64]]] {
      let batches = try Batches(rows(40), size: 8, random: RandomSource(seed: 5))
      return [try labels(batches.begin()), try labels(batches.begin())]
    }
    let first = try twoLoops()
    #expect(first[0] != first[1])
    #expect(try twoLoops() == first)
  }

  @Test func theOrderIsDrawnWhenTheLoopBegins() throws {
    let random = RandomSource(seed: 5)
    let batches = try Batches(rows(40), size: 8, random: random)
    let before = random.state
    let loop = try batches.begin()
    let after = random.state
    #expect(before != after && loop.state.permutation == before)
    _ = try labels(loop)
    #expect(random.state == after)
  }

  @Test("a loop goes on from its state", arguments: [0, 2, 5], [true, false])
  func resuming(stop: Int, shuffle: Bool) throws {
    let batches = try Batches(rows(33), size: 7, shuffle: shuffle, random: RandomSource(seed: 9))
    let loop = try batches.begin()
    for _ in 0..<stop { _ = try loop.next() }
    let state = loop.state
    let rest = try labels(loop)

    let later = RandomSource(seed: 1234)
    let untouched = later.state
    let again = try Batches(rows(33), size: 7, shuffle: shuffle, random: later)
    #expect(try labels(again.begin(at: state)) == rest)
    #expect(later.state == untouched)
  }

  @Test func aStateOfOtherBatchesIsAnError() throws {
    let batches = try Batches(rows(6), size: 3, shuffle: false, random: RandomSource(seed: 1))
    #expect(failure { try batches.begin(at: .init(permutation: nil, batch: 3)) }?.code == .badArgument)
    #expect(failure { try batches.begin(at: .init(permutation: .init(key: 1), batch: 0)) }?.code == .badArgument)
  }

  @Test("rows of every element type are copied whole", arguments: DType.allCases)
  func elementTypes(dtype: DType) throws {
    let tensor = try Tensor([0, 1, 1, 0, 1, 0]).converted(to: dtype).reshaped([3, 2])
    let loop = try Batches([tensor], size: 2, shuffle: false, random: RandomSource(seed: 1)).begin()
    #expect(try loop.next()?[0].integers() == [0, 1, 1, 0])
    #expect(try loop.next()?[0].integers() == [1, 0])
    #expect(try loop.next() == nil)
  }

  @Test func viewsAreRead() throws {
    let columns = try Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3]).permuted([1, 0])
    let loop = try Batches([columns], size: 2, shuffle: false, random: RandomSource(seed: 1)).begin()
    #expect(try loop.next()?[0].elements(Float.self) == [1, 4, 2, 5])
  }

  @Test func whatCannotBeBatchesIsAnError() throws {
    let random = RandomSource(seed: 1)
    #expect(failure { try Batches(rows(3), size: 0, random: random) }?.code == .badArgument)
    #expect(failure { try Batches([], size: 1, random: random) }?.code == .badArgument)
    #expect(
      failure { try Batches([Tensor.zeros([0, 2])], size: 1, random: random) }?.message
        == "there are no rows to make batches of")
    #expect(
      failure { try Batches(rows(3), size: 4, dropLast: true, random: random) }?.message
        == "3 rows do not fill one batch of 4")
    #expect(
      failure { try Batches([Tensor.zeros([3]), Tensor.zeros([4])], size: 1, random: random) }?.message
        == "the tensors of a batch need the same number of rows: tensor 0 has 3 rows on axis 0, and tensor 1 has 4")
    #expect(failure { try Batches([Tensor.zeros([])], size: 1, random: random) }?.code == .shapeMismatch)
  }
}
