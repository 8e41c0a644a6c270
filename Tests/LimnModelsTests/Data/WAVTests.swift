import LimnTensor
import Testing

@testable import LimnModels

@Suite struct WAVTests {
  private func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private func file(
    tag: Int = 1, channels: Int = 1, rate: Int = 8000, bits: Int, data: [UInt8], before: [UInt8] = []
  ) -> [UInt8] {
    let width = channels * bits / 8
    let format =
      Array("fmt ".utf8) + little(16, 4) + little(tag, 2) + little(channels, 2) + little(rate, 4)
      + little(rate * width, 4) + little(width, 2) + little(bits, 2)
    let chunks = format + before + Array("data".utf8) + little(data.count, 4) + data
    return Array("RIFF".utf8) + little(4 + chunks.count, 4) + Array("WAVE".utf8) + chunks
  }

  @Test(
    "the least sample is -1 and the middle 0",
    arguments: [
      (8, [0, 128, 192], [-1, 0, 0.5]),
      (16, [0, 0x80, 0, 0, 0, 0x40], [-1, 0, 0.5]),
      (24, [0, 0, 0x80, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]),
      (32, [0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]),
    ] as [(Int, [UInt8], [Float])])
  func pcm(bits: Int, data: [UInt8], values: [Float]) throws {
    let (samples, rate) = try WAV.decode(file(bits: bits, data: data), name: "a.wav")
    #expect(samples.shape == [3, 1] && rate == 8000)
    #expect(try samples.elements(Float.self) == values)
  }

  @Test func floatsAreTakenAsTheyAre() throws {
    let single = withUnsafeBytes(of: Float(1.5).bitPattern.littleEndian, Array.init)
    #expect(try WAV.decode(file(tag: 3, bits: 32, data: single), name: "a.wav").samples.elements(Float.self) == [1.5])
    let double = withUnsafeBytes(of: Double(-0.25).bitPattern.littleEndian, Array.init)
    #expect(try WAV.decode(file(tag: 3, bits: 64, data: double), name: "a.wav").samples.elements(Float.self) == [-0.25])
  }

  @Test func channelsAreTheLastAxis() throws {
    let (samples, _) = try WAV.decode(file(channels: 2, bits: 8, data: [128, 0, 128, 0]), name: "a.wav")
    #expect(samples.shape == [2, 2])
    #expect(try samples.elements(Float.self) == [0, -1, 0, -1])
  }

  @Test func otherChunksArePassedOver() throws {
    // An odd length, so a byte of padding.
    let list = Array("LIST".utf8) + little(3, 4) + [1, 2, 3, 0]
    let (samples, _) = try WAV.decode(file(bits: 8, data: [128], before: list), name: "a.wav")
    #expect(samples.shape == [1, 1])
  }

  @Test func aFileCutAnywhereIsRejected() {
    let bytes = file(channels: 2, bits: 16, data: [1, 2, 3, 4])
    for length in 0..<bytes.count {
      #expect(failure { try WAV.decode(Array(bytes[..<length]), name: "a.wav") }?.code == .corruptFile)
    }
  }

  @Test(
    "what cannot be read is told",
    arguments: [
      (1, 1, 12, "its samples are coded as number 1 with 12 bits, which Limn does not read"),
      (85, 1, 16, "its samples are coded as number 85 with 16 bits, which Limn does not read"),
      (1, 0, 16, "it has 0 channels at 8000 samples a second"),
      (1, 2, 16, "its last sample is cut short"),
    ])
  func unreadable(tag: Int, channels: Int, bits: Int, reason: String) {
    let bytes = file(tag: tag, channels: channels, bits: bits, data: [0, 0])
    #expect(failure { try WAV.decode(bytes, name: "a.wav") }?.message == "a.wav cannot be read as WAV: \(reason)")
  }
}
