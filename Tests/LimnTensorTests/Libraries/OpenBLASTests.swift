import Testing

@testable import LimnTensor

@Suite struct OpenBLASTests {
  @Test func theFirstFileThatThereIsIsLoaded() throws {
    let library = try OpenBLAS(["libnowhere.so.0", "libopenblas.so.0"])
    #expect(library.configuration.hasPrefix("OpenBLAS 0."))
    #expect(!library.core.isEmpty)
  }

  @Test func aMissingLibraryIsAnError() {
    #expect(throws: TensorError.self) { try OpenBLAS(["libnowhere.so.0"]) }
    do {
      _ = try OpenBLAS(["libnowhere.so.0"])
    } catch {
      #expect(error.code == .missingLibrary)
      #expect(error.notes.first?.contains("libnowhere.so.0") == true)
    }
  }

  /// Every process has the C library, which has none of the functions.
  @Test func anotherLibraryIsAnError() {
    do {
      _ = try OpenBLAS(["libc.so.6"])
      Issue.record("the C library passed for OpenBLAS")
    } catch {
      #expect(error.code == .missingLibrary)
      #expect(error.message == "OpenBLAS lacks cblas_dgemm")
    }
  }
}
