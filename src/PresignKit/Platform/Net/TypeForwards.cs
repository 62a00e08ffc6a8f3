using System.Runtime.CompilerServices;

// The netstandard2.0 assembly defines this type itself, and the signature of every init accessor refers to it. A library that was compiled against that assembly finds
// the accessors of this assembly, which refer to the type of the platform, only through this forward.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
