using Microsoft.CodeAnalysis;

namespace PresignKit.HouseTests.Architecture;

/// <summary>A place in the source that uses a type or one of its members.</summary>
/// <param name="File">The file of the place.</param>
/// <param name="Line">Its line, from 1 on.</param>
/// <param name="Type">The whole name of the type.</param>
/// <param name="Symbol">The type, or the member.</param>
/// <param name="DeclaredIn">The file that declares the type; <c>null</c> where it is none of these sources'.</param>
internal sealed record Reference(string File, int Line, string Type, ISymbol Symbol, string? DeclaredIn);
