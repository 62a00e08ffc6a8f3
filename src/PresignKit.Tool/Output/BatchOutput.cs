using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Output;

internal enum BatchForm
{
    Url,
    Tsv,
    Json,
    None,
}

/// <summary>Collects the results of a batch and writes them in large blocks.</summary>
/// <param name="output">The stream.</param>
/// <param name="form">The form of the results.</param>
/// <param name="mayHaveHeaders">Whether operations can sign headers. TryPresign rejects signed headers, because the URL alone is not sufficient to send the request.</param>
internal sealed class BatchOutput(Stream output, BatchForm form, bool mayHaveHeaders)
{
    private const int BlockSize = 1 << 16;
    private const int FirstUrlSize = 1 << 11;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _block = new(BlockSize * 2);
    private byte[] _url = new byte[FirstUrlSize];

    /// <summary>Presigns an operation and adds the result.</summary>
    /// <exception cref="ArgumentException">The operation is not valid. Nothing is added.</exception>
    /// <exception cref="ToolException">The form cannot represent the key. Nothing is added.</exception>
    public void Add(S3Presigner presigner, S3ObjectOperation operation)
    {
        string key = operation.Key;
        if (form == BatchForm.Tsv && key.AsSpan().IndexOfAny('\t', '\n', '\r') >= 0)
        {
            throw ToolException.Usage($"The key '{Shown.Text(key)}' contains a tab or a line break, which would look like the end of a column or a line. Use --json instead of --tsv.");
        }

        PresignedUrl? whole = form == BatchForm.Json || mayHaveHeaders || operation is not (GetObject or DeleteObject) ? presigner.Presign(operation) : null;
        ReadOnlySpan<byte> url = whole is null ? PresignToBuffer(presigner, operation) : System.Text.Encoding.UTF8.GetBytes(whole.Url);
        switch (form)
        {
            case BatchForm.Json:
                WriteJson(json =>
                {
                    json.WriteString("key"u8, key);
                    json.WriteString("url"u8, whole!.Url);
                    json.WriteString("method"u8, whole.Method.Method);
                    json.WriteStartObject("headers"u8);
                    foreach ((string name, string value) in whole.RequiredHeaders)
                    {
                        json.WriteString(name, value);
                    }

                    json.WriteEndObject();
                    json.WriteString("expiresAt"u8, whole.ExpiresAt);
                });
                break;
            case BatchForm.Tsv:
                _block.Write(System.Text.Encoding.UTF8.GetBytes(key));
                _block.Write("\t"u8);
                _block.Write(url);
                break;
            case BatchForm.Url:
                _block.Write(url);
                break;
        }

        EndLine();
    }

    /// <summary>Adds an empty line or a JSON object, so that the lines of the output still correspond to the lines of the input.</summary>
    public void AddError(string message)
    {
        if (form == BatchForm.Json)
        {
            WriteJson(json => json.WriteString("error"u8, message));
        }

        EndLine();
    }

    public void Flush()
    {
        output.Write(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }

    private ReadOnlySpan<byte> PresignToBuffer(S3Presigner presigner, S3Operation operation)
    {
        int length;
        while (!presigner.TryPresign(operation, _url, out length))
        {
            _url = new byte[_url.Length * 2];
        }

        return _url.AsSpan(0, length);
    }

    private void WriteJson(Action<Utf8JsonWriter> write)
    {
        using Utf8JsonWriter json = new(_block, JsonOptions);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    private void EndLine()
    {
        if (form != BatchForm.None)
        {
            _block.Write("\n"u8);
        }

        if (_block.WrittenCount >= BlockSize)
        {
            Flush();
        }
    }
}
