extension ArrayColumn {
    /// Appends the value, or NULL.
    package mutating func append(_ value: Int16?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Int32?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Int64?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Bool?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ text: String?) {
        if let text { append(text) } else { appendNull() }
    }

    package mutating func append(utf8: [UInt8]?) {
        if let utf8 { append(utf8: utf8) } else { appendNull() }
    }

    package mutating func append(bytes value: [UInt8]?) {
        if let value { append(bytes: value) } else { appendNull() }
    }

    package mutating func append(uuid: UInt128?) {
        if let uuid { append(uuid: uuid) } else { appendNull() }
    }

    package mutating func append(unixMicroseconds: Int64?) {
        if let unixMicroseconds { append(unixMicroseconds: unixMicroseconds) } else { appendNull() }
    }
}
