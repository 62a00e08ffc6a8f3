using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PresignKit;

/// <summary>Adds the members of platform types that netstandard2.0 does not include.</summary>
internal static class Polyfills
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(paramName);
            }
        }
    }

    extension(Enum)
    {
        public static bool IsDefined<T>(T value)
            where T : struct, Enum => Enum.IsDefined(typeof(T), value);

        public static string[] GetNames<T>()
            where T : struct, Enum => Enum.GetNames(typeof(T));
    }

    extension(string text)
    {
        public bool Contains(char value) => text.IndexOf(value) >= 0;

        public bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;
    }
}
