import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

/// Each way in which a file can be wrong is an error that names the file and the fault.
@Suite struct SafetensorsCorruptionTests {
  /// A file of that header and data, with a right length in front unless another is given.
  private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private func reason(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    var reason = ""
    try withFolder { folder in
      let path = folder + "/a.safetensors"
      try Files.write(bytes, to: path)
      let error = failure(of: { try Safetensors(path) }, sourceLocation: sourceLocation)
      #expect(error?.code == .corruptFile, sourceLocation: sourceLocation)
      let prefix = "\(path) is not a sound safetensors file: "
      #expect(error?.message.hasPrefix(prefix) == true, sourceLocation: sourceLocation)
      reason = String(error?.message.dropFirst(prefix.count) ?? "")
    }
    return reason
  }

  private func entry(_ name: String, _ type: String, _ shape: String, _ start: Int, _ end: Int) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#
  }

  @Test func aFileTooShortForALength() throws {
    #expect(try reason([]) == "it has 0 bytes, and the length of its header takes 8")
    #expect(try reason([2, 0, 0]) == "it has 3 bytes, and the length of its header takes 8")
  }

  @Test func aHeaderLongerThanTheFile() throws {
    #expect(try reason(file("{}", length: 3)) == "it claims a header of 3 bytes, and 2 follow")
  }

  @Test func aHeaderBeyondTheLimit() throws {
    #expect(
      try reason(file("{}", length: 100_000_001))
        == "it claims a header of 100000001 bytes; the limit is 100000000")
    #expect(
      try reason(file("{}", length: .max))
        == "it claims a header of 18446744073709551615 bytes; the limit is 100000000")
  }

  @Test(
    "a header that is not JSON of the right form",
    arguments: [
      ("", "byte 0: '{' should stand here"),
      ("[]", "byte 0: '{' should stand here"),
      ("{", "byte 1: '\"' should stand here"),
      ("{}x", "byte 2: text follows the end"),
      (#"{"a"}"#, "byte 4: ':' should stand here"),
      (#"{"a":1}"#, "byte 5: '{' should stand here"),
      (#"{"a":{}}"#, #"byte 7: "a" lacks dtype, shape or data_offsets"#),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}"#, "byte 29: a count should stand here"),
      (#"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, "byte 29: a count should stand here"),
      (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, "byte 29: a number is too large"),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, #"byte 51: "a" has data_offsets that are not a range"#
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
        #"byte 53: "a" has data_offsets that are not a range"#
      ),
      (
        #"{"a":{"dtype":"F31","shape":[],"data_offsets":[0,4]}}"#,
        #"byte 52: "a" has elements of type "F31", which Limn does not read"#
      ),
      (#"{"__metadata__":{"step":1}}"#, "byte 24: '\"' should stand here"),
      (#"{"a":{"more":[[[[}"#, "byte 17: a value should stand here"),
    ])
  func header(text: String, fault: String) throws {
    #expect(try reason(file(text)) == "its header is not right at \(fault)")
  }

  @Test func deepNestingIsNoDeepRecursion() throws {
    let nested = #"{"a":{"more":"# + String(repeating: "[", count: 1_000_000)
    #expect(try reason(file(nested)) == "its header is not right at byte 77: values are nested too deeply")
  }

  @Test func aNameThatStandsTwice() throws {
    let twice = "{\(entry("a", "U8", "[1]", 0, 1)),\(entry("a", "U8", "[1]", 1, 2))}"
    #expect(try reason(file(twice, data: 2)).hasSuffix(#""a" stands twice"#))
    let escaped = "{\(entry("a", "U8", "[1]", 0, 1)),\(entry("\\u0061", "U8", "[1]", 0, 1))}"
    #expect(try reason(file(escaped, data: 1)).hasSuffix(#""a" stands twice"#))
    #expect(try reason(file(#"{"__metadata__":{"k":"1","k":"2"}}"#)).hasSuffix(#""k" stands twice in __metadata__"#))
    #expect(try reason(file(#"{"a":{"dtype":"U8","dtype":"U8"}}"#)).hasSuffix(#""dtype" stands twice in "a""#))
  }

  @Test func tensorsThatOverlap() throws {
    let header = "{\(entry("a", "F32", "[2]", 0, 8)),\(entry("b", "F32", "[2]", 4, 12))}"
    #expect(try reason(file(header, data: 12)) == "a and b overlap")
  }

  @Test func bytesThatBelongToNoTensor() throws {
    let gap = "{\(entry("a", "F32", "[1]", 0, 4)),\(entry("b", "F32", "[1]", 8, 12))}"
    #expect(try reason(file(gap, data: 12)) == "bytes 4 to 8, before b, belong to no tensor")
    #expect(
      try reason(file("{\(entry("a", "U8", "[1]", 1, 2))}", data: 2))
        == "bytes 0 to 1, before a, belong to no tensor")
    #expect(try reason(file("{\(entry("a", "U8", "[1]", 0, 1))}", data: 3)) == "its last 2 bytes belong to no tensor")
  }

  @Test func tensorsThatEndBeyondTheFile() throws {
    #expect(
      try reason(file("{\(entry("a", "F32", "[4]", 0, 16))}", data: 15))
        == "a ends at byte 16 of 15: the file is cut short")
  }

  @Test func aShapeThatDoesNotFitItsBytes() throws {
    #expect(
      try reason(file("{\(entry("a", "F32", "[2,2]", 0, 12))}", data: 12))
        == "a, F32 [2, 2], takes 16 bytes, but has 12")
    #expect(try reason(file("{\(entry("a", "F64", "[]", 0, 4))}", data: 4)) == "a, F64 [], takes 8 bytes, but has 4")
  }

  @Test func aShapeTooLargeToCount() throws {
    let header = "{\(entry("a", "F32", "[4294967296,4294967296]", 0, 0))}"
    #expect(try reason(file(header)) == "a has more elements than can be counted: [4294967296, 4294967296]")
    // 2^62 elements of four bytes: the elements can be counted, the bytes cannot.
    let wraps = "{\(entry("a", "F32", "[4611686018427387904]", 0, 0))}"
    #expect(try reason(file(wraps)) == "a has more elements than can be counted: [4611686018427387904]")
  }

  @Test func aFileCutAnywhere() throws {
    try withFolder { folder in
      let path = folder + "/a.safetensors"
      try Safetensors.write([("kernel", Tensor([1, 2, 3] as [Float])), ("step", Tensor([7]))], to: path)
      let bytes = try Files.read(path)
      for length in 0..<bytes.count {
        try Files.write(Array(bytes[..<length]), to: path)
        #expect(failure { try Safetensors(path) }?.code == .corruptFile)
      }
    }
  }
}
