import LimnLanguage

extension ErrorCatalog {
  /// Texts in a form that others have laid down: patterns, JSON, CSV, dates.
  static let formatEntries: [Entry] = [
    Entry(
      "bad-pattern",
      """
      A regular expression cannot be read, or a search with it was given up. The message says at which column of the \
      pattern. In a string a backslash is written twice.
      """, wrong: "import strings\nstrings.find(\"f(x)\", \"f(\")",
      right: "import strings\nstrings.find(\"f(x)\", strings.escape(\"f(\"))"),
    Entry(
      "bad-json", "A text is not JSON; the message says at which line and column. Nothing of it was read.",
      wrong: "import json\njson.parse(\"{'a': 1}\")", right: "import json\njson.parse(\"{\\\"a\\\": 1}\")"),
    Entry(
      "json-unsupported",
      "JSON has no `nan` and no `inf`, no instances and no functions, and its keys are strings. The message says where.",
      wrong: "import json\njson.text({loss: [1.0, nan]})", right: "import json\njson.text({loss: [1.0, nil]})"),
    Entry(
      "bad-csv",
      """
      A text is not a table: a row has more or fewer fields than the first, a quote does not end, a name stands twice \
      in the header. The message says at which line.
      """, wrong: "import csv\ncsv.parse(\"a,b\\n1\\n\")", right: "import csv\ncsv.parse(\"a,b\\n1,\\n\")"),
    Entry(
      "bad-date", "A text is not a date as ISO 8601 writes it, or the calendar has no such day.",
      wrong: "import time\ntime.parse(\"2023-02-29\")", right: "import time\ntime.parse(\"2024-02-29\")"),
  ]
}
