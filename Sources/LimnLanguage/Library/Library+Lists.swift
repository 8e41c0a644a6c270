extension CoreLibrary {
  /// Functions that change a list, and ones that look into it.
  static var lists: [Binding] {
    [
      Binding(
        "append", [.required("xs", .list), .required("value", .any)],
        "Puts a value at a list's end.",
        example: "let xs = [1]\nxs.append(2)\nxs   # [1, 2]"
      ) { call in
        let list = try call.list(0)
        guard list.count < maximumSize else { throw Fault.tooLarge(0) }
        list.append(call[1])
        return .nil
      },
      Binding(
        "insert", [.required("xs", .list), .required("index", .int), .required("value", .any)],
        "Puts a value before the element at an index; a negative index counts from the end.",
        example: "let xs = [1, 3]\nxs.insert(1, 2)\nxs   # [1, 2, 3]"
      ) { call in
        let list = try call.list(0)
        guard list.count < maximumSize else { throw Fault.tooLarge(0) }
        list.insert(call[2], at: try position(call, 1, count: list.count, allowsEnd: true))
        return .nil
      },
      Binding(
        "pop", [.required("xs", .list), .optional("index", .int, -1)],
        "Takes the element at an index, the last one unless told, out of a list and gives it.",
        example: "let xs = [1, 2, 3]\nxs.pop()   # 3\nxs.pop(0)   # 1"
      ) { call in
        let list = try call.list(0)
        guard list.count > 0 else { throw Fault.emptySequence("pop", help: "ask `len(xs) > 0` first") }
        return list.remove(at: try position(call, 1, count: list.count, allowsEnd: false))
      },
      Binding(
        "extend", [.required("xs", .list), .required("others", .any)],
        "Puts all elements of a sequence at a list's end.", example: "let xs = [1]\nxs.extend(2...3)\nxs   # [1, 2, 3]"
      ) { call in
        let others = try elements(of: call[1], call)
        let list = try call.list(0)
        guard list.count + others.count <= maximumSize else { throw Fault.tooLarge(0) }
        list.append(contentsOf: others)
        return .nil
      },
      Binding(
        "remove", [.required("xs", .list), .required("value", .any)],
        "Takes the first element that is equal to a value out of a list; it is an error when there is none.",
        example: "let xs = [1, 2, 1]\nxs.remove(1)\nxs   # [2, 1]"
      ) { call in
        let list = try call.list(0)
        guard let index = try index(of: call[1], in: list, call) else {
          throw Fault.valueNotFound("this value", help: "ask `value in xs` first")
        }
        if index < list.count { _ = list.remove(at: index) }
        return .nil
      },
      Binding(
        "index_of", [.required("xs", .either([.list, .range])), .required("value", .any)],
        "The index of the first element that is equal to a value; it is an error when there is none.",
        example: "[\"a\", \"b\"].index_of(\"b\")   # 1"
      ) { call in
        let list = try call[0].asList ?? ListObject(elements(of: call[0], call))
        guard let index = try index(of: call[1], in: list, call) else {
          throw Fault.valueNotFound("this value", help: "ask `value in xs` first")
        }
        return .int(index)
      },
    ]
  }

  private static func index(of value: Value, in list: ListObject, _ call: Call) throws -> Int? {
    for (index, element) in list.elements.enumerated() where try call.interpreter.equal(element, value) { return index }
    return nil
  }

  /// An index argument as a position from the front.
  private static func position(_ call: Call, _ argument: Int, count: Int, allowsEnd: Bool) throws -> Int {
    let index = try call.int(argument)
    let position = index < 0 ? index + count : index
    guard position >= 0, allowsEnd ? position <= count : position < count else {
      throw Fault.indexOutOfRange(argument, index: index, count: count, allowsEnd: allowsEnd)
    }
    return position
  }

  // MARK: Sorting

  static var sorting: [Binding] {
    let options: [Parameter] = [
      .optional("by", .either([.callable, .nil]), .nil, namedOnly: true),
      .optional("descending", .bool, false, namedOnly: true),
    ]
    return [
      Binding(
        "sort", [.required("xs", .list)] + options,
        """
        Sorts a list in place, by what `by` gives for each element, if it is given. Equal elements keep their order; \
        `nan` comes last.
        """,
        example: "let xs = [3, 1, 2]\nxs.sort()\nxs   # [1, 2, 3]"
      ) { call in
        let list = try call.list(0)
        let before = list.elements
        let sorted = try sort(before, call)
        guard list.count == before.count, zip(list, before).allSatisfy(isSame)
        else {
          throw Fault(
            "changed-during-iteration", "the list was changed while it was sorted",
            labels: [.init(.argument(0), "this list")], help: "`by` and `less` must only look at the elements")
        }
        list.removeAll()
        list.append(contentsOf: sorted)
        return .nil
      },
      Binding(
        "sorted", [.required("xs", .sequence)] + options,
        """
        A sorted list of the elements, by what `by` gives for each, if it is given. Equal elements keep their order; \
        `nan` comes last.
        """,
        example: """
          sorted([\"bb\", \"a\"])   # [\"a\", \"bb\"]\n[1, 2, 3].sorted(by: x => -x)   # [3, 2, 1]\nsorted(0..<3, \
          descending: true)   # [2, 1, 0]
          """
      ) { call in .list(try sort(elements(of: call[0], call), call)) },
    ]
  }

  private static func sort(_ values: [Value], _ call: Call) throws -> [Value] {
    let keys = call.isGiven(1) ? try values.map { try call.interpreter.call(call[1], [$0]) } : values
    let descending = try call.bool(2)
    // Merge sort, so that equal elements keep their order and an inconsistent `less` does no harm.
    var order = Array(keys.indices)
    var buffer = order
    var width = 1
    while width < order.count {
      try call.interpreter.checkInterrupt()
      for start in stride(from: 0, to: order.count, by: width * 2) {
        let middle = min(start + width, order.count)
        let end = min(start + width * 2, order.count)
        var (left, right, next) = (start, middle, start)
        while left < middle || right < end {
          let takesRight =
            try left == middle
            || (right < end && precedes(keys[order[right]], keys[order[left]], descending, call.interpreter))
          buffer[next] = order[takesRight ? right : left]
          if takesRight { right += 1 } else { left += 1 }
          next += 1
        }
      }
      swap(&order, &buffer)
      width *= 2
    }
    return order.map { values[$0] }
  }

  /// Whether a place in a list still holds what it held; `nan` is nan.
  private static func isSame(_ left: Value, _ right: Value) -> Bool {
    if case .float(let x) = left, case .float(let y) = right { return x.bitPattern == y.bitPattern }
    return left.isIdentical(to: right)
  }

  /// Whether one key comes before another.
  private static func precedes(_ a: Value, _ b: Value, _ descending: Bool, _ interpreter: Interpreter) throws -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return descending ? x > y : x < y
    case (.float(let x), .float(let y)):
      if x.isNaN || y.isNaN { return y.isNaN && !x.isNaN }
      return descending ? x > y : x < y
    default:
      if case .float(let x) = a, x.isNaN { return false }
      if case .float(let y) = b, y.isNaN, a.asFloat != nil { return true }
      do {
        return try descending ? interpreter.less(b, a) : interpreter.less(a, b)
      } catch let fault as Fault {
        throw Fault.ofElements(fault, "sort", "compare", a, b, argument: 0)
      }
    }
  }
}
