/// The everyday functions that are there without an import: text, numbers, lists, strings, and maps.
///
/// Each is one declaration, which the machine, the messages, `?help`, and the manual all read. A module above the
/// language puts its own overloads in front, such as `sum` of a tensor.
///
///     let interpreter = Interpreter(bindings: CoreLibrary.bindings, constants: CoreLibrary.constants)
public enum CoreLibrary {
  /// Every function, in the order of the manual.
  public static var bindings: [Binding] { sections.flatMap(\.bindings) }

  /// The functions by the manual's pages.
  public static var sections: [BindingSection] {
    [
      BindingSection(
        "core-values", "Values",
        "Output and input, and what can be asked of every value. Conversions from one type to another.",
        values + conversions),
      BindingSection(
        "core-numbers", "Numbers",
        "Functions of ints and floats. Those of tensors have pages of their own; the module `math` has more.",
        constants: constants, numbers + extremes),
      BindingSection(
        "core-sequences", "Lists and sequences",
        """
        Lists, and whatever else `for` goes through: ranges, strings, maps, instances with `iterate`. The module \
        `lists` has more.
        """, sequences + queries + lists + sorting + ranges),
      BindingSection(
        "core-strings", "Strings",
        "Text taken apart, searched, and put together. Characters are what a reader counts as such; `strings` has more.",
        strings + textShapes),
      BindingSection(
        "core-maps", "Maps",
        "Values by their keys: strings, ints, and bools. A map keeps its keys in the order in which they came.", maps),
    ]
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
  public static let sequence = ValueType.either([.list, .range, .string, .map, .instance])
}
