import Foundation
import Testing

@testable import LimnTensor

@Suite struct RandomTests {
  @Test("Philox gives the published known answers (Random123 1.14, kat_vectors, philox4x32 10)")
  func knownAnswers() {
    #expect(block(0, 0, 0, 0, key: 0, 0) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(block(.max, .max, .max, .max, key: .max, .max) == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      block(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, key: 0xa409_3822, 0x299f_31d0)
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  /// One block, computed in the last lane beside three others.
  private func block(
    _ x: UInt32, _ y: UInt32, _ z: UInt32, _ w: UInt32, key first: UInt32, _ second: UInt32
  ) -> [UInt32] {
    let words = Philox.blocks(
      (SIMD4(1, 2, 3, x), SIMD4(4, 5, 6, y), SIMD4(7, 8, 9, z), SIMD4(1, 1, 1, w)), key: SIMD2(first, second))
    return [words.x[3], words.y[3], words.z[3], words.w[3]]
  }

  @Test("repeats from a seed, and goes on from a saved state")
  func repeats() throws {
    let source = RandomSource(seed: 5)
    let first = try source.normal([100])
    let state = source.state
    let second = try source.uniform([33])
    #expect(try RandomSource(seed: 5).normal([100]).isEqual(to: first))
    #expect(try RandomSource(state).uniform([33]).isEqual(to: second))
    #expect(try !RandomSource(seed: 6).normal([100]).isEqual(to: first))
    #expect(try !source.normal([100]).isEqual(to: first))
  }

  @Test("does not depend on the number of threads")
  func threads() throws {
    let pool = ThreadPool.shared
    let threads = pool.threads
    defer { pool.threads = threads }
    pool.threads = 1
    let one = try RandomSource(seed: 1).normal([200_001])
    pool.threads = 2
    #expect(try RandomSource(seed: 1).normal([200_001]).isEqual(to: one))
  }

  @Test("has the moments of its distributions, within five standard errors")
  func moments() throws {
    let count = 1 << 18
    for dtype in [DType.float32, .float64] {
      let uniform = try RandomSource(seed: 1).uniform([count], from: -1, to: 3, dtype: dtype).converted(to: .float64)
      #expect(try uniform.min().item().double >= -1)
      #expect(try uniform.max().item().double < 3)
      #expect(try abs(uniform.mean().item().double - 1) < 5 * 1.1547 / 512)
      #expect(try abs(uniform.variance().item().double - 4.0 / 3) < 0.02)
      let normal = try RandomSource(seed: 2).normal([count], mean: 2, deviation: 3, dtype: dtype).converted(
        to: .float64)
      let standard = try normal.subtracting(2).divided(by: 3)
      #expect(try abs(standard.mean().item().double) < 5.0 / 512)
      #expect(try abs(standard.variance().item().double - 1) < 5 * 2.0.squareRoot() / 512)
      #expect(try abs(standard.power(3).mean().item().double) < 5 * 15.0.squareRoot() / 512)
      #expect(try abs(standard.power(4).mean().item().double - 3) < 5 * 96.0.squareRoot() / 512)
      // Neighbors, and numbers that come from one transform, are not correlated.
      for distance in [1, 8] {
        let (a, b) = (try standard[.slice(stop: -distance)], try standard[.slice(start: distance)])
        #expect(try abs(a.multiplied(by: b).mean().item().double) < 5.0 / 512)
      }
      #expect(try abs(standard.less(-1).converted(to: .float64).mean().item().double - 0.158655) < 5 * 0.366 / 512)
    }
  }

  @Test("draws integers evenly from any range")
  func integers() throws {
    let dice = try RandomSource(seed: 3).integers([60_000], from: 1, to: 7)
    for face in 1...6 {
      let share = try dice.equal(Scalar(face)).sum().item().double
      #expect(abs(share - 10_000) < 5 * 91.3)
    }
    #expect(try dice.max().item() == .int(6))
    #expect(try RandomSource(seed: 3).integers([3], from: -5, to: -4).integers() == [-5, -5, -5])
    #expect(Tensor.code { try RandomSource(seed: 3).integers([3], from: 2, to: 2) } == "bad-argument")
    #expect(Tensor.code { try RandomSource(seed: 3).integers([3], from: .min, to: .max) } == "bad-argument")
  }

  @Test("shuffles: every number once, every order as likely")
  func permutation() throws {
    let source = RandomSource(seed: 4)
    #expect(try source.permutation(1000).sorted().integers() == Array(0..<1000))
    #expect(try source.permutation(0).integers() == [])
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[try source.permutation(3).integers(), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 5 * 29 })
    #expect(Tensor.code { try source.permutation(-1) } == "bad-argument")
  }

  @Test("draws classes by their logits")
  func categorical() throws {
    let source = RandomSource(seed: 5)
    let logits = try Tensor([0.5, 0.25, 0.25, 0]).log()
    let drawn = try source.categorical(logits, samples: 40_000)
    #expect(drawn.shape == [40_000])
    for (index, probability) in [0.5, 0.25, 0.25, 0].enumerated() {
      let share = try drawn.equal(Scalar(index)).converted(to: .float64).mean().item().double
      #expect(abs(share - probability) <= 5 * (probability * (1 - probability) / 40_000).squareRoot())
    }
    #expect(try source.categorical(Tensor.zeros([2, 3, 4])).shape == [2, 3])
    #expect(try source.categorical(Tensor.zeros([2, 3, 4]), samples: 5).shape == [2, 3, 5])
    #expect(Tensor.code { try source.categorical(Tensor.zeros([2, 0])) } == "shape-mismatch")
    #expect(Tensor.code { try source.categorical(Tensor.zeros([2, 1]), samples: -1) } == "bad-argument")
  }

  @Test("masks with a probability")
  func bernoulli() throws {
    let mask = try RandomSource(seed: 6).bernoulli([1 << 16], 0.3)
    #expect(mask.dtype == .bool)
    #expect(try abs(mask.converted(to: .float64).mean().item().double - 0.3) < 5 * 0.4583 / 256)
    #expect(try RandomSource(seed: 6).bernoulli([100], 0).any().elements() == [false])
    #expect(try RandomSource(seed: 6).bernoulli([100], 1).all().elements() == [true])
    #expect(Tensor.code { try RandomSource(seed: 6).bernoulli([1], 1.5) } == "bad-argument")
  }

  @Test("splits into sources that share nothing")
  func split() throws {
    let source = RandomSource(seed: 7)
    let (a, b) = (source.split(), source.split())
    #expect(a.state.key != b.state.key)
    let (x, y) = (try a.normal([10_000]), try b.normal([10_000]))
    #expect(try abs(x.multiplied(by: y).mean().item().double) < 0.05)
    #expect(RandomSource(seed: 7).splitKey() == a.state.key)
  }
}
