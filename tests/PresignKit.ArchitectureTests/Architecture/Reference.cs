using Microsoft.CodeAnalysis;

namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>A use of a type, or of one of its members, in the source.</summary>
/// <param name="File">The file that uses the type.</param>
/// <param name="Line">The line, starting at 1.</param>
/// <param name="Type">The full name of the type.</param>
/// <param name="Symbol">The type, or the member.</param>
/// <param name="DeclaredIn">The file that declares the type, or <c>null</c> if the type is declared in an assembly.</param>
internal sealed record Reference(string File, int Line, string Type, ISymbol Symbol, string? DeclaredIn);
