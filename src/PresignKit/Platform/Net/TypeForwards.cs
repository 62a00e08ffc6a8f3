using System.Runtime.CompilerServices;

// The netstandard2.0 assembly defines this type itself, and the signature of every init accessor refers to it. A library compiled against that assembly finds the accessors
// of this one, where the type is the platform's, only through this forward.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
