import Foundation
import LimnTensor
import Testing

@testable import LimnModels

@Suite struct MadeDataTests {
  private let random = RandomSource(seed: 7)

  @Test func aSeedRepeatsASet() throws {
    func draw() throws -> [Float] { try MadeData.twoMoons(count: 100, random: RandomSource(seed: 3)).points.elements() }
    #expect(try draw() == draw())
    #expect(try draw() != MadeData.twoMoons(count: 100, random: RandomSource(seed: 4)).points.elements(Float.self))
  }

  @Test func moonsWithoutNoiseLieOnTheirHalfCircles() throws {
    let (points, labels) = try MadeData.twoMoons(count: 200, noise: 0, random: random)
    #expect(points.shape == [200, 2] && labels.shape == [200])
    let values = try points.doubles()
    for (index, label) in try labels.elements(Int64.self).enumerated() {
      let (x, y) = (values[2 * index], values[2 * index + 1])
      let (dx, dy) = label == 0 ? (x, y) : (x - 1, y - 0.5)
      #expect(abs(dx * dx + dy * dy - 1) < 1e-5)
      #expect(label == 0 ? dy >= -1e-6 : dy <= 1e-6)
    }
  }

  @Test func noiseHasTheDeviationThatWasAskedFor() throws {
    let clean = try MadeData.twoMoons(count: 20_000, noise: 0, random: RandomSource(seed: 1)).points.doubles()
    let noisy = try MadeData.twoMoons(count: 20_000, noise: 0.3, random: RandomSource(seed: 1)).points.doubles()
    let shifts = zip(noisy, clean).map { $0 - $1 }
    let mean = shifts.reduce(0, +) / 40_000
    let deviation = (shifts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000).squareRoot()
    // Standard errors: 0.3 / 200 for the mean, 0.3 / 283 for the deviation; five of them.
    #expect(abs(mean) < 0.0075)
    #expect(abs(deviation - 0.3) < 0.0053)
  }

  @Test func gaussiansStandOnACircle() throws {
    let (points, labels) = try MadeData.eightGaussians(count: 8, radius: 3, deviation: 0, random: random)
    #expect(try labels.elements(Int64.self) == [0, 1, 2, 3, 4, 5, 6, 7])
    let values = try points.doubles()
    for index in 0..<8 {
      let angle = Double(index) * .pi / 4
      #expect(abs(values[2 * index] - 3 * cos(angle)) < 1e-6 && abs(values[2 * index + 1] - 3 * sin(angle)) < 1e-6)
    }
  }

  @Test func theRollIsRolled() throws {
    let (points, places) = try MadeData.swissRoll(count: 300, random: random)
    #expect(points.shape == [300, 3] && places.shape == [300])
    let values = try points.doubles()
    for (index, place) in try places.doubles().enumerated() {
      #expect(place >= 1.5 * .pi - 1e-5 && place <= 4.5 * .pi + 1e-5)
      #expect(abs(values[3 * index] - place * cos(place)) < 1e-4)
      #expect((0...21).contains(values[3 * index + 1]))
      #expect(abs(values[3 * index + 2] - place * sin(place)) < 1e-4)
    }
  }

  @Test func shapesMoveAndKeepTheirSize() throws {
    let (clips, labels) = try MadeData.movingShapes(count: 6, frames: 30, size: 24, random: random)
    #expect(clips.shape == [6, 30, 24, 24, 1])
    #expect(try labels.elements(Int64.self) == [0, 1, 2, 0, 1, 2])
    let values = try clips.elements(Float.self)
    #expect(values.allSatisfy { (0...1).contains($0) })
    for clip in 0..<6 {
      let frames = (0..<30).map { frame in
        let start = (clip * 30 + frame) * 576
        return Array(values[start..<(start + 576)])
      }
      let areas = frames.map { $0.reduce(0, +) }
      // A shape never leaves the picture, so what it covers stays the same but for the edges' smoothing.
      #expect((areas.max() ?? 0) < 1.15 * (areas.min() ?? 0) && (areas.min() ?? 0) > 10)
      #expect(zip(frames, frames.dropFirst()).allSatisfy { $0 != $1 })
    }
  }

  @Test func aToneHasItsNotesFrequency() throws {
    let (sounds, labels) = try MadeData.tones(count: 8, samples: 4000, rate: 8000, random: random)
    let values = try sounds.doubles()
    #expect(values.allSatisfy { abs($0) <= 1 })
    #expect(try labels.elements(Int64.self) == [0, 1, 2, 3, 4, 5, 6, 7])
    // C4 to C5 in equal temperament, as tables of note frequencies give them, in Hz.
    let frequencies = [261.63, 293.66, 329.63, 349.23, 392.00, 440.00, 493.88, 523.25]
    for note in 0..<8 {
      let power = frequencies.map { frequency in
        var (real, imaginary) = (0.0, 0.0)
        for sample in 0..<4000 {
          let angle = 2 * Double.pi * frequency * Double(sample) / 8000
          real += values[note * 4000 + sample] * cos(angle)
          imaginary += values[note * 4000 + sample] * sin(angle)
        }
        return real * real + imaginary * imaginary
      }
      #expect(power.firstIndex(of: power.max() ?? 0) == note)
    }
  }

  @Test func argumentsThatMakeNoSenseAreErrors() {
    #expect(failure { try MadeData.twoMoons(count: 0, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.twoMoons(count: 5, noise: -1, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.eightGaussians(count: 5, radius: .nan, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.swissRoll(count: -5, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.movingShapes(count: 1, frames: 0, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.movingShapes(count: 1, size: 7, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.tones(count: 1, rate: 0, random: random) }?.code == .badArgument)
    #expect(failure { try MadeData.twoMoons(count: .max, random: random) } != nil)
    #expect(failure { try MadeData.movingShapes(count: .max, random: random) } != nil)
  }
}
