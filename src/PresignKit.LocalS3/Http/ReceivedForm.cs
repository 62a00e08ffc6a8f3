using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PresignKit.LocalS3;

/// <summary>The fields of a form up to the file. The file itself has not been read.</summary>
internal sealed class ReceivedForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    private ReceivedForm()
    {
    }

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    public string? FileName { get; private set; }

    /// <summary>Gets the content of the file, or <c>null</c> if the form does not contain one.</summary>
    public Stream? File { get; private set; }

    /// <summary>Gets the value of a field regardless of the letter case of its name, or <c>null</c> if there is none.</summary>
    public string? this[string name] => _fields.Find(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads the fields that precede the file. As on S3, all fields after the file are ignored.</summary>
    /// <exception cref="S3Exception">The fields are too large.</exception>
    /// <exception cref="IOException">The form is malformed or incomplete.</exception>
    public static async Task<ReceivedForm> ReadAsync(MultipartReader reader, int maxBytes, CancellationToken cancellationToken)
    {
        ReceivedForm form = new();
        byte[] buffer = new byte[maxBytes + 1];
        int size = 0;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
            {
                throw new InvalidDataException("A part of the form does not have a name.");
            }

            name = Unescape(name);
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
            {
                form.FileName = NameOf(disposition);
                form.File = section.Body;
                return form;
            }

            size += Encoding.UTF8.GetByteCount(name);
            int length = size > maxBytes ? size : await section.Body.ReadAtLeastAsync(buffer.AsMemory(0, maxBytes - size + 1), maxBytes - size + 1, throwOnEndOfStream: false, cancellationToken);
            size += length;
            if (size > maxBytes)
            {
                throw new S3Exception(new LocalS3Error(400, "MaxPostPreDataLengthExceededError", "Your POST request fields preceding the upload file were too large."));
            }

            string value = Encoding.UTF8.GetString(buffer, 0, length);
            form._fields.Add(new KeyValuePair<string, string>(name, value));
        }

        return form;
    }

    // Browsers and curl write UTF-8 and escape only quotation marks and line breaks (%22, %0D, %0A). curl before 7.81 writes a backslash before quotation marks and backslashes.
    // .NET's MultipartFormDataContent encodes names that are not ASCII as in mail (=?utf-8?B?…?=), which the property decodes, and also writes filename*.
    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        string? name = HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
        return name is not { Length: > 0 } ? disposition.FileNameStar.Value : Unescape(name);
    }

    private static string Unescape(string name) => name.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("%22", "\"", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase);
}
