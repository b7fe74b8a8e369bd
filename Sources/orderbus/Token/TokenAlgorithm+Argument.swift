import ArgumentParser
internal import Tokens

extension TokenAlgorithm: ExpressibleByArgument {}
