import Foundation
import LimnTensor
import Testing

@testable import LimnModels

/// The packed texts come from Python 3's gzip.
@Suite struct GzipTests {
  /// "limn " twenty times.
  private let packed = Array(Data(base64Encoded: "H4sIAAAAAAACA8vJzM1TyKEtAQDvYgnZZAAAAA==") ?? Data())
  /// "one, " and "two", as two members.
  private let members = Array(
    Data(base64Encoded: "H4sIAAAAAAACA8vPS9VRAAAc1fpKBQAAAB+LCAAAAAAAAgMrKc8HAGaKyhEDAAAA") ?? Data())

  @Test func packedBytesAreUnpacked() throws {
    #expect(Gzip.isCompressed(packed))
    #expect(try Gzip.decompress(packed, name: "a.gz") == Array(String(repeating: "limn ", count: 20).utf8))
  }

  @Test func membersFollowEachOther() throws {
    #expect(try Gzip.decompress(members, name: "a.gz") == Array("one, two".utf8))
  }

  @Test func zerosMayFollow() throws {
    #expect(try Gzip.decompress(members + [0, 0, 0], name: "a.gz") == Array("one, two".utf8))
    #expect(failure { try Gzip.decompress(members + [0, 7], name: "a.gz") }?.code == .corruptFile)
  }

  @Test func aFileCutAnywhereIsRejected() {
    for length in 2..<packed.count {
      let error = failure { try Gzip.decompress(Array(packed[..<length]), name: "a.gz") }
      #expect(error?.message == "a.gz cannot be unpacked: it is cut short", "cut to \(length) bytes")
    }
  }

  @Test func damageIsFoundByTheChecksum() {
    var damaged = packed
    damaged[packed.count - 6] ^= 1
    #expect(failure { try Gzip.decompress(damaged, name: "a.gz") }?.code == .corruptFile)
  }

  @Test func aBombIsDefused() {
    let error = failure { try Gzip.decompress(packed, name: "a.gz", limit: 99) }
    #expect(error?.message == "a.gz cannot be unpacked: it unpacks to more than 99 bytes")
  }
}
