using System.Runtime.CompilerServices;

// The netstandard2.0 assembly has this type of its own, and every init accessor names it. A library that was compiled against that one finds the
// accessors here, where the type is the platform's, by this forward only.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
