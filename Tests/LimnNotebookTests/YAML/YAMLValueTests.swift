import Testing

@testable import LimnNotebook

/// Plain scalars by YAML 1.2.2, section 10.3.2.
@Suite struct YAMLValueTests {
  @Test(arguments: [
    ("", YAMLValue.null), ("~", .null), ("null", .null), ("true", .bool(true)), ("FALSE", .bool(false)), ("0", .int(0)),
    ("-12", .int(-12)), ("+7", .int(7)), ("007", .int(7)), ("0x1F", .int(31)), ("0o17", .int(15)), ("1.5", .float(1.5)),
    ("-.5", .float(-0.5)), ("1.", .float(1)), ("2e-4", .float(2e-4)), ("1E3", .float(1000)),
    (".inf", .float(.infinity)),
    ("-.INF", .float(-.infinity)), ("-9223372036854775808", .int(.min)),
  ])
  func numbersBoolsAndNull(text: String, value: YAMLValue) {
    #expect(YAMLValue(plain: text) == value)
  }

  @Test(arguments: [
    "yes", "no", "on", "1:30", "1_000", "0b1", "0x", "0xG", "-0x1", "e3", ".", "-", "1e", "1e+", "nan", "inf", "1.2.3",
    "2020-01-01",
  ])
  func allElseIsAString(text: String) {
    #expect(YAMLValue(plain: text) == .string(text))
  }

  @Test func anIntegerThatDoesNotFitIsNone() {
    #expect(YAMLValue(plain: "9223372036854775808") == nil)
    #expect(YAMLValue(plain: "0xFFFFFFFFFFFFFFFFF") == nil)
  }

  @Test func valuesPrintAsLimnPrintsThem() {
    let value = YAMLValue.map([
      .init(key: "lr", value: .float(1e-05)),
      .init(key: "beta 1", value: .list([.int(1), .float(2), .string("a\"b"), .null])),
    ])
    #expect(value.description == #"{lr: 1e-05, "beta 1": [1, 2.0, "a\"b", nil]}"#)
  }
}
