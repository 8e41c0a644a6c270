/// The everyday functions that are there without an import: text, numbers, lists, strings, and maps.
///
/// Each is one declaration, which the machine, the messages, `?help`, and the manual all read. A module above the
/// language puts its own overloads in front, such as `sum` of a tensor.
///
///     let interpreter = Interpreter(bindings: CoreLibrary.bindings, constants: CoreLibrary.constants)
public enum CoreLibrary {
  /// Every function, in the order of the manual.
  public static var bindings: [Binding] {
    values + conversions + numbers + extremes + sequences + queries + lists + sorting + strings + textShapes + maps
      + ranges
  }

  /// `pi`, `inf`, `nan`.
  public static var constants: [ConstantBinding] {
    [
      ConstantBinding("pi", .float(.pi), "The ratio of a circle's circumference to its diameter, 3.141592653589793."),
      ConstantBinding("inf", .float(.infinity), "Positive infinity, which is greater than every other float."),
      ConstantBinding(
        "nan", .float(.nan), "Not a number: what `0.0 / 0.0` gives. It is equal to nothing, not even to itself."),
    ]
  }
}

extension ValueType {
  /// What the library goes through from front to back: a list, a range, a string's characters, a map's keys, an
  /// instance with `iterate`.
  static let sequence = ValueType.either([.list, .range, .string, .map, .instance])
}
