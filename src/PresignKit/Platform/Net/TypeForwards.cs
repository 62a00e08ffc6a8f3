using System.Runtime.CompilerServices;

// The netstandard2.0 assembly defines IsExternalInit itself, and the signature of every init accessor refers to that type. The accessors in this assembly refer to the platform's
// type instead, so a library that was compiled against the netstandard2.0 assembly finds them only through this type forward.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
