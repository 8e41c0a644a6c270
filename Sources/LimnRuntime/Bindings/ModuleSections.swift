import LimnLanguage

/// The modules of the standard library that are bindings, wholly or in part.
enum ModuleSections {
  static func all(in session: SessionReference) -> [BindingSection] {
    [
      BindingSection(
        "math", "math", module: "math",
        """
        More functions of numbers, whole numbers and primes, and statistics. What is there without import is on \
        [Numbers](core-numbers.md).
        """, constants: MathBindings.constants, MathBindings.all),
      BindingSection("strings", "strings", module: "strings", "", StringsBindings.all),
      BindingSection(
        "random", "random", module: "random",
        """
        Single random numbers and choices.

        All are drawn from the session's stream, so that the same seed gives the same program the same numbers: \
        `--seed` on the command line, or `seed(n)` within a program. [Random tensors](random-tensors.md) come from \
        the same stream.
        """, RandomModuleBindings.all(in: session)),
      BindingSection(
        "time", "time", module: "time",
        """
        Clocks, dates, and durations.

        A moment is a float of Unix seconds, a duration a number of seconds: plain numbers, so that arithmetic needs no \
        functions. `time.now() + 2 * time.day` is the day after tomorrow.
        """, constants: TimeBindings.constants, TimeBindings.all),
      BindingSection(
        "files", "files", module: "files",
        """
        Files and folders, and their paths.

        A path that does not begin with a slash starts at the notebook's or script's own folder, as those of `load` and \
        `save` do. Files are written whole or not at all, and nothing is written over unless a function says so. Texts \
        are UTF-8.
        """, FilesBindings.all(in: session)),
      BindingSection(
        "json", "json", module: "json",
        """
        Values as JSON text, and back.

        A map keeps its keys' order, and an int stays an int. What one language has and the other lacks is an error and \
        is never changed silently: `nan`, `inf`, instances, keys that are no strings; the same key twice.
        """, JSONBindings.all(in: session)),
      BindingSection(
        "csv", "csv", module: "csv",
        """
        Tables as text, a row on each line and separators between fields (RFC 4180).

        Fields may be quoted, and then hold separators, line breaks, and doubled quotes. Line breaks may be of any \
        kind, and a byte order mark is passed over.
        """, CSVBindings.all(in: session)),
    ]
  }
}
