import Glibc
import LimnTensor

extension MadeData {
  /// Short sounds: the notes of a C major scale, from C4 (261.63 Hz) to C5, each with two overtones.
  ///
  /// A sound is a · (sin p + sin 2p / 2 + sin 3p / 4) / 1.75, where p runs at the note's frequency from a random phase
  /// and the loudness a is uniform from 1/2 to 1.
  ///
  /// - Parameters:
  ///   - count: The number of sounds; the notes take turns.
  ///   - samples: The length of a sound.
  ///   - rate: Samples in a second, 4000 or more, so that every overtone is below half of it.
  ///   - noise: The standard deviation of what is added to each sample.
  /// - Returns: Sounds float32 `[count, samples]` between −1 and 1 before the noise, and labels int64 `[count]` from 0
  ///   to 7, the place in the scale.
  /// - Throws: `bad-argument`, `out-of-memory`.
  public static func tones(
    count: Int, samples: Int = 1024, rate: Int = 8000, noise: Double = 0, random: RandomSource
  ) throws -> (sounds: Tensor, labels: Tensor) {
    try check(count: count, noise: noise)
    guard samples > 0 else { throw TensorError(.badArgument, "a sound has at least one sample, not \(samples)") }
    guard rate >= 4000 else { throw TensorError(.badArgument, "tones need a rate of 4000 or more, not \(rate)") }
    let sounds = try Tensor.uninitialized(Shape([count, samples]), .float32)
    let numbers = try random.uniformNumbers([count, 2])
    let shifts = noise > 0 ? try random.normalNumbers([count, samples]) : []
    withExtendedLifetime(sounds) {
      let target = sounds.pointer(Float.self)
      for index in 0..<count {
        let step = 2 * Double.pi * frequency(ofNote: index % 8) / Double(rate)
        let start = 2 * Double.pi * numbers[2 * index]
        let loudness = (0.5 + 0.5 * numbers[2 * index + 1]) / 1.75
        for sample in 0..<samples {
          let phase = start + step * Double(sample)
          let value = loudness * (sin(phase) + sin(2 * phase) / 2 + sin(3 * phase) / 4)
          let place = index * samples + sample
          target[place] = Float(value + (noise > 0 ? noise * shifts[place] : 0))
        }
      }
    }
    return (sounds, try Tensor((0..<count).map { Int64($0 % 8) }))
  }

  /// The frequency of a note of the scale in Hz, in equal temperament from A4 = 440.
  static func frequency(ofNote note: Int) -> Double {
    let semitones = [0, 2, 4, 5, 7, 9, 11, 12]
    return 440 * pow(2, Double(semitones[note % 8] - 9) / 12)
  }
}
