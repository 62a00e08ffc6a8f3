using System.Buffers;
using System.Text;

namespace PresignKit.LocalS3;

/// <summary>Converts headers that were stored with an object to a form that a response can contain.</summary>
internal static class StoredHeader
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Determines whether a string is a valid header name. The name of a form field can be any string.</summary>
    public static bool IsName(string name) => !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Encodes a value that is not printable ASCII as AWS does, according to RFC 2047.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Working with object metadata</see>.</remarks>
    public static string Encode(string value) => value.Any(c => c is (< ' ' or > '~') and not '\t')
        ? $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?="
        : value;
}
