import LimnRuntime
import Testing

@Suite struct StringsModuleTests {
  @Test(arguments: [
    ProgramCase("strings.is_digit(\"\")", "false"), ProgramCase("strings.is_digit(\"٣\")", "false"),
    ProgramCase("strings.is_upper(\"123\")", "false"), ProgramCase("strings.is_upper(\"É1\")", "true"),
    ProgramCase("strings.is_space(\"a \")", "false"), ProgramCase("strings.capitalize(\"\")", "\"\""),
    ProgramCase("strings.title(\"o'neil  ünder-way\")", "\"O'neil  Ünder-way\""),
    ProgramCase("strings.count(\"aaaa\", \"aa\")", "2"), ProgramCase("strings.count(\"a\", \"\")", "invalid-argument"),
    ProgramCase("strings.positions(\"größe größe\", \"ß\")", "[3, 9]"),
    ProgramCase("strings.partition(\"größe=1\", \"=\")", "[\"größe\", \"=\", \"1\"]"),
    ProgramCase("strings.center(\"ab\", 1)", "\"ab\""), ProgramCase("strings.center(\"\", 3, \"*\")", "\"***\""),
    ProgramCase("strings.wrap(\"\", 5)", "[]"),
    ProgramCase("strings.wrap(\"abcdefgh ij\", 4)", "[\"abcdefgh\", \"ij\"]"),
    ProgramCase("strings.wrap(\"a\", 0)", "invalid-argument"),
    ProgramCase("strings.dedent(\"\\n    a\\n  b\\n   \\n\")", "\"\\n  a\\nb\\n\\n\""),
    ProgramCase("strings.dedent(\"a\\n  b\")", "\"a\\n  b\""), ProgramCase("strings.truncate(\"abc\", 3)", "\"abc\""),
    ProgramCase("strings.truncate(\"abcd\", 2)", "invalid-argument"),
    ProgramCase("strings.remove_suffix(\"abc\", \"\")", "\"abc\""),
    ProgramCase("strings.edit_distance(\"ca\", \"abc\")", "3"), ProgramCase("strings.similarity(\"\", \"\")", "1.0"),
    ProgramCase("strings.from_code_points([55296])", "invalid-argument"),
    ProgramCase("strings.from_bytes([255])", "invalid-argument"),
    ProgramCase("strings.from_bytes([256])", "invalid-argument"),
    ProgramCase("strings.from_code_points(\"né👩‍👩‍👧\".code_points())", "\"né👩‍👩‍👧\""),
    ProgramCase("strings.grouped(-1000)", "\"-1,000\""), ProgramCase("strings.grouped(999.5)", "\"999.5\""),
    ProgramCase("strings.grouped(1e300)", "\"1e+300\""),
    ProgramCase("strings.grouped(1e6, digits: 0)", "\"1,000,000\""),
    ProgramCase("strings.grouped(nan)", "\"nan\""), ProgramCase("strings.byte_size(1048576)", "\"1.0 MiB\""),
    ProgramCase("strings.byte_size(1048575)", "\"1.0 MiB\""), ProgramCase("strings.byte_size(-2048)", "\"-2.0 KiB\""),
    ProgramCase("strings.in_base(5, 1)", "invalid-argument"),
    ProgramCase("strings.int_in_base(\"zz\", 10)", "invalid-conversion"),
    ProgramCase("strings.int_in_base(strings.in_base(-9223372036854775807, 36), 36)", "-9223372036854775807"),
  ])
  func textsAreTakenAsCharacters(_ program: ProgramCase) throws { try program.check(importing: "strings") }

  @Test(arguments: [
    ProgramCase("strings.find(\"größe 12\", \"\\\\d+\").start", "6"),
    ProgramCase("strings.find(\"abc\", \"(x)?b\").groups", "[nil]"),
    ProgramCase("strings.find(\"abc\", \"x\") == nil", "true"),
    ProgramCase("strings.match(\"abc\", \"ab|abc\").text", "\"abc\""),
    ProgramCase("strings.match(\"abc\\n\", \"abc\") == nil", "true"),
    ProgramCase("strings.find_all(\"abc\", \"\").map(m => m.start)", "[0, 1, 2, 3]"),
    ProgramCase("strings.find_all(\"aéb\", \"\").map(m => m.start)", "[0, 1, 2, 3]"),
    ProgramCase("strings.find_all(\"baac\", \"a*\").map(m => m.text)", "[\"\", \"aa\", \"\", \"\"]"),
    ProgramCase("strings.find(\"aB\", \"b\", ignore_case: true).text", "\"B\""),
    ProgramCase("strings.find(\"STRASSE Ä\", \"ä\", ignore_case: true).text", "\"Ä\""),
    ProgramCase("strings.find(\"price: 5€\", \"(?<=: )\\\\d\").text", "\"5\""),
    ProgramCase("strings.replace_pattern(\"a.b\", \"\\\\.\", \"$$\")", "\"a$b\""),
    ProgramCase("strings.replace_pattern(\"ab\", \"(?<x>a)(b)\", \"${x}$2${2}$0\")", "\"abbab\""),
    ProgramCase("strings.replace_pattern(\"ab\", \"a\", \"$1\")", "invalid-argument"),
    ProgramCase("strings.replace_pattern(\"ab\", \"a\", \"$x\")", "invalid-argument"),
    ProgramCase("strings.replace_pattern(\"ab\", \"a\", m => 1)", "type-mismatch"),
    ProgramCase("strings.replace_pattern(\"abc\", \"\", \"-\")", "\"-a-b-c-\""),
    ProgramCase("strings.split_pattern(\"a, b;c\", \"[,;] *\")", "[\"a\", \"b\", \"c\"]"),
    ProgramCase("strings.split_pattern(\"abc\", \"\")", "[\"a\", \"b\", \"c\"]"),
    ProgramCase("strings.split_pattern(\"\", \"x\")", "[\"\"]"),
    ProgramCase("strings.find(\"a\\u{0}b\", \"b\").start", "2"),
    ProgramCase("strings.find(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"^(a+)+$\") == nil", "bad-pattern"),
    ProgramCase("let all = strings.from_code_points(33...126)\nstrings.match(all, strings.escape(all)) != nil", "true"),
  ])
  func patternsArePerls(_ program: ProgramCase) throws { try program.check(importing: "strings") }
}
