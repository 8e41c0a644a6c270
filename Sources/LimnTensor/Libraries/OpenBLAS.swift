import COpenBLAS
import Glibc

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

  /// The library, loaded when it is first asked for.
  ///
  /// - Throws: `missing-library`.
  public static var shared: OpenBLAS { get throws(TensorError) { try loading.get() } }

  private static let loading = Result { () throws(TensorError) in
    let named = getenv("LIMN_OPENBLAS").map { String(cString: $0) } ?? ""
    return try OpenBLAS(named.isEmpty ? ["libopenblas.so.0", "libopenblas.so"] : [named])
  }

  /// Loads the first of some files that there is.
  init(_ names: [String]) throws(TensorError) {
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
    // One thread: the library's callers are the tiles of our own pool.
    try function("openblas_set_num_threads", as: limn_openblas_set_num_threads.self)(1)
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
