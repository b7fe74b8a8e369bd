/// A field of a message as it was found, before any rule has looked at it.
package enum Field<Value: Sendable>: Sendable {
    case missing
    /// Something else than the kind of value that belongs there.
    case wrongType
    case value(Value)
}

extension Field: Equatable where Value: Equatable {}
