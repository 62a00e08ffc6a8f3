using System.Globalization;

namespace PresignKit;

/// <summary>The rules for individual values, applied when a property is set.</summary>
internal static class ValueRules
{
    public const int MaxPartNumber = 10_000;
    public const int MaxListed = 1_000;

    /// <summary>Returns the number if it is within the range (inclusive).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is outside the range.</exception>
    public static int RequireRange(int value, int min, int max, string paramName) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(paramName, value, FormattableString.Invariant($"{paramName} is {value}. It must be from {min} to {max}."));

    /// <inheritdoc cref="RequireRange(int, int, int, string)"/>
    public static int? RequireRange(int? value, int min, int max, string paramName) =>
        value is null ? null : RequireRange(value.Value, min, max, paramName);

    /// <summary>Returns the value if it is <c>null</c> or defined in its enumeration.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not defined in the enumeration.</exception>
    public static T? RequireDefined<T>(T? value, string paramName)
        where T : struct, Enum => value is null || Enum.IsDefined(value.Value) ? value : throw Undefined(value.Value, paramName);

    public static ArgumentOutOfRangeException Undefined<T>(T value, string paramName)
        where T : struct, Enum => new(
            paramName,
            value,
            // ToString would format a negative value with the current culture's minus sign.
            FormattableString.Invariant($"{paramName} is {Convert.ToInt64(value, CultureInfo.InvariantCulture)}, which is not a defined value. Use a member of the {typeof(T).Name} enumeration."));

    /// <summary>Returns the number of bytes if it is <c>null</c> or not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative.</exception>
    public static long? RequireBytes(long? value, string paramName) =>
        value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(paramName, value, FormattableString.Invariant($"{paramName} is {value}. It is in bytes and must be 0 or greater."));

    /// <summary>Returns the string if it is not empty.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public static string RequireText(string value, string paramName)
    {
        if (value is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return value.Length > 0 ? value : throw new ArgumentException($"{paramName} is empty. Specify the value that the store returned.", paramName);
    }

    /// <summary>Returns the string if it is <c>null</c> or the base64 encoding of an MD5 hash.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not the base64 encoding of 16 bytes.</exception>
    public static string? RequireMD5(string? value, string paramName) => value is null ? null : RequireBase64(value, 16, "MD5 hash", paramName);

    /// <summary>Returns the string if it is the base64 encoding of the specified number of bytes.</summary>
    /// <remarks>The string might be an encryption key, so exception messages do not contain it.</remarks>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not the base64 encoding of the specified number of bytes.</exception>
    public static string RequireBase64(string value, int bytes, string what, string paramName)
    {
        int length;
        try
        {
            byte[] decoded = Convert.FromBase64String(value);
            length = decoded.Length;
            Array.Clear(decoded, 0, length);
        }
        catch (FormatException)
        {
            throw new ArgumentException($"The {what} is not valid base64. Encode its {bytes} bytes with Convert.ToBase64String, not as hexadecimal digits.", paramName);
        }

        // FromBase64String ignores white space, but white space would be signed. The length check rejects it.
        return length == bytes && value.Length == (bytes + 2) / 3 * 4
            ? value
            : throw new ArgumentException(
                $"The {what} must have {bytes} bytes, but this base64 text of {value.Length} characters decodes to {length} bytes. Encode exactly {bytes} bytes with Convert.ToBase64String, without white space.",
                paramName);
    }
}
