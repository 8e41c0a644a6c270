import COpenBLAS
import Glibc
import Synchronization

/// The OpenBLAS library: products of float64 matrices, and LAPACK.
///
/// It is loaded when it is first needed. Loading it takes as long as all else that happens at start, and most programs
/// never multiply float64 matrices.
///
/// The environment variable `LIMN_OPENBLAS` names another file than the system's.
public struct OpenBLAS: @unchecked Sendable {
  // Function pointers, which do not change.
  let dgemm: limn_dgemm
  let dgesv: limn_dgesv
  let dgetrf: limn_dgetrf
  let dpotrf: limn_dpotrf
  let dgeqrf: limn_dgeqrf
  let dorgqr: limn_dorgqr
  let dgesdd: limn_dgesdd
  let dsyevd: limn_dsyevd
  let dgeev: limn_dgeev

  /// The library's version and options in its own words: `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...`.
  public let configuration: String
  /// The core that the library chose its kernels for: `Haswell`.
  public let core: String

  private let takeMemory: limn_blas_memory_alloc
  private let releaseMemory: limn_blas_memory_free

  /// The library, loaded when it is first asked for, and ready to be called by every thread of the pool at once.
  ///
  /// - Throws: `missing-library`; `out-of-memory` when there is not enough for the library to work in.
  public static var shared: OpenBLAS {
    get throws {
      let library = try loading.get()
      try library.reserveMemory(for: ThreadPool.shared.threads)
      return library
    }
  }

  private static let loading = Result { () throws(TensorError) in
    let named = getenv("LIMN_OPENBLAS").map { String(cString: $0) } ?? ""
    return try OpenBLAS(named.isEmpty ? ["libopenblas.so.0", "libopenblas.so"] : [named])
  }

  /// Loads the first of some files that there is.
  init(_ names: [String]) throws(TensorError) {
    // One thread: the library's callers are the tiles of our own pool. It starts its threads while it is loaded.
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw Self.missing("OpenBLAS cannot be loaded", dlerror())
    }
    func function<Function>(_ name: String, as _: Function.Type = Function.self) throws(TensorError) -> Function {
      guard let symbol = dlsym(library, name) else { throw Self.missing("OpenBLAS lacks \(name)", dlerror()) }
      return unsafeBitCast(symbol, to: Function.self)
    }
    dgemm = try function("cblas_dgemm")
    dgesv = try function("dgesv_")
    dgetrf = try function("dgetrf_")
    dpotrf = try function("dpotrf_")
    dgeqrf = try function("dgeqrf_")
    dorgqr = try function("dorgqr_")
    dgesdd = try function("dgesdd_")
    dsyevd = try function("dsyevd_")
    dgeev = try function("dgeev_")
    configuration = try function("openblas_get_config", as: limn_openblas_text.self)().map { String(cString: $0) } ?? ""
    core = try function("openblas_get_corename", as: limn_openblas_text.self)().map { String(cString: $0) } ?? ""
    takeMemory = try function("blas_memory_alloc")
    releaseMemory = try function("blas_memory_free")
    try function("openblas_set_num_threads", as: limn_openblas_set_num_threads.self)(1)
  }

  // MARK: Memory

  /// The addresses that a call of the library works in; it touches few of them.
  private static let workSize = 128 << 20

  /// For how many calls at once the library has memory.
  private static let reserved = Mutex(0)

  /// Lets the library take what `calls` calls at once need, now, where it can still be refused: in the midst of a call
  /// it would ask the system again and again, without an end. It keeps what it has.
  ///
  /// - Throws: `out-of-memory`.
  private func reserveMemory(for calls: Int) throws {
    try Self.reserved.withLock { reserved in
      guard reserved < calls else { return }
      let missing = Self.workSize * (calls - reserved)
      guard let probe = SystemMemory.reserve(missing) else { throw Allocator.shared.outOfMemory(missing) }
      SystemMemory.release(probe, missing)
      let taken = (0..<calls).map { _ in takeMemory(0) }
      for memory in taken { releaseMemory(memory) }
      reserved = calls
    }
  }

  private static func missing(_ message: String, _ reason: UnsafeMutablePointer<CChar>?) -> TensorError {
    TensorError(
      .missingLibrary, message, notes: reason.map { [String(cString: $0)] } ?? [],
      help: "install it (Debian's package is libopenblas0), or name its file in LIMN_OPENBLAS")
  }
}

extension TensorError.Code {
  /// A library of the system that an operation needs, and that is not installed.
  public static let missingLibrary = Self("missing-library")
}
