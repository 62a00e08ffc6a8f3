using System.CommandLine;
using System.Text;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Reading;

namespace PresignKit.Tool.Verbs;

/// <summary>Masks the secrets of presigned URLs in any text, such as a log, so that it can be shared.</summary>
/// <remarks>
/// Memory use does not depend on the length of the text, and bytes that are not valid UTF-8 are passed on unchanged. Text in UTF-16, which Windows PowerShell writes, is recognized by
/// its first two bytes.
/// </remarks>
internal sealed class RedactVerb : Verb
{
    private const int BlockSize = 32 * 1024;

    // If no more input arrives for this long, the complete lines are written, so that a person who watches a log ('tail -f') sees the last one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Argument<string[]> _files = new("FILE")
    {
        HelpName = "FILE",
        Description = "Text files (default: standard input)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public RedactVerb(ToolContext context)
        : base(context, "redact", "Mask signatures, tokens and keys in any text, such as a log")
    {
        Arguments.Add(_files);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign redact < access.log > access.redacted.log", "A log that can be attached to a ticket"),
        ("tail -f access.log | presign redact", "While it is written"),
    ];

    public override bool UsesStore => false;

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string[] files = result.GetValue(_files) ?? [];
        foreach (string file in files.DefaultIfEmpty("-"))
        {
            if (file == "-")
            {
                await RedactAsync(Context.Input, cancellationToken);
                continue;
            }

            using Stream stream = TextInput.Open(file);
            await RedactAsync(stream, cancellationToken);
        }

        return ExitCode.Success;
    }

    private async Task RedactAsync(Stream input, CancellationToken cancellationToken)
    {
        byte[] block = new byte[BlockSize];
        int length = await input.ReadAtLeastAsync(block.AsMemory(0, 2), 2, throwOnEndOfStream: false, cancellationToken);
        Encoding? utf16 = length < 2 ? null : Utf16Of(block[0], block[1]);
        StreamRedactor redactor = new(text => Context.Output.Write(utf16 is null ? LosslessUtf8.Encode(text) : utf16.GetBytes(text)));
        Decoder? decoder = utf16?.GetDecoder();
        bool isEnd = false;
        while (!isEnd)
        {
            Task<int> read = input.ReadAsync(block.AsMemory(length), cancellationToken).AsTask();
            if (await Task.WhenAny(read, Task.Delay(Pause, cancellationToken)) != read)
            {
                redactor.Pause();
            }

            int count = await read;
            isEnd = count == 0;
            length += count;
            StringBuilder text = new(length);
            int decoded = decoder is null ? LosslessUtf8.Decode(block.AsSpan(0, length), isEnd, text) : Decode(decoder, block.AsSpan(0, length), isEnd, text);
            block.AsSpan(decoded, length - decoded).CopyTo(block);
            length -= decoded;
            redactor.Append(text.ToString());
        }

        redactor.Complete();
    }

    // Recognizes a byte order mark, or an ASCII character in UTF-16 without a byte order mark.
    private static UnicodeEncoding? Utf16Of(byte first, byte second) => (first, second) switch
    {
        (0xFF, 0xFE) or (not 0, 0) => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        (0xFE, 0xFF) or (0, not 0) => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };

    private static int Decode(Decoder decoder, ReadOnlySpan<byte> bytes, bool isEnd, StringBuilder text)
    {
        char[] characters = new char[bytes.Length + 2];
        text.Append(characters, 0, decoder.GetChars(bytes, characters, isEnd));
        return bytes.Length;
    }
}
