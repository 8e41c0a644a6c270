import FoundationEssentials
import LimnRuntime
import LimnTensor

/// What a run's results depend on besides the notebook: versions and the processor.
enum RunEnvironment {
  /// As pictures name it: `Limn 0.1.0`.
  static var software: String { "Limn \(Limn.version)" }

  static var versions: [String: String] {
    // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ..."
    let words = (try? OpenBLAS.shared)?.configuration.split(separator: " ") ?? []
    return ["limn": Limn.version, "openblas": words.count > 1 ? String(words[1]) : "unknown"]
  }

  /// The processor's name, as the system tells it.
  static let processor: String = {
    let text = FileManager.default.contents(atPath: "/proc/cpuinfo").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map { $0.withoutBlanksAround }
    return name ?? "unknown"
  }()

  /// How many threads compute; results do not depend on it.
  static var threads: Int { ThreadPool.shared.threads }

  /// The core that OpenBLAS chose its kernels for.
  static var kernels: String { (try? OpenBLAS.shared)?.core ?? "unknown" }

  /// Bytes of tensors at this moment, and at most so far.
  static var memory: CellRecord.Memory {
    let statistics = Allocator.shared.statistics
    return CellRecord.Memory(live: statistics.live, cached: statistics.cached, peak: statistics.peak)
  }
}
