using System.Security.Cryptography;

namespace PresignKit.Tool.Input;

/// <summary>Signs the length, the type and the checksum of a file, so that a URL accepts exactly this file.</summary>
internal static class UploadFile
{
    /// <summary>Returns the operation with the length, both checksums and, unless a type is specified, the type of the file.</summary>
    public static PutObject Sign(PutObject operation, string path)
    {
        using FileStream file = Open(path);
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5351 // Content-MD5 is the checksum that every store verifies. It protects against a wrong file, not against an attacker who can compute collisions.
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        byte[] buffer = new byte[1 << 20];
        long length = 0;
        for (int read; (read = Read(file, buffer, path)) > 0; length += read)
        {
            sha256.AppendData(buffer.AsSpan(0, read));
            md5.AppendData(buffer.AsSpan(0, read));
        }

        return operation with
        {
            ContentLength = length,
            ContentType = operation.ContentType ?? MediaType.OfFile(path),
            Checksum = new Checksum(ChecksumAlgorithm.Sha256, sha256.GetHashAndReset()),
            ContentMD5 = Convert.ToBase64String(md5.GetHashAndReset()),
        };
    }

    /// <summary>Removes the checksum that a store does not need or rejects.</summary>
    /// <remarks>AWS verifies x-amz-checksum-sha256. Ceph before 19 and Swift ignore it, so they need Content-MD5. Backblaze B2 rejects requests with x-amz-checksum headers.</remarks>
    public static PutObject AdaptTo(S3Endpoint endpoint, PutObject operation) => endpoint.Provider?.Id switch
    {
        "aws" => operation with { ContentMD5 = null },
        "b2" => operation with { Checksum = null },
        _ => operation,
    };

    private static int Read(FileStream file, byte[] buffer, string path)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (IOException e)
        {
            throw ToolException.Setup($"--for: The file '{Shown.Text(path)}' cannot be read ({Shown.Reason(e)}). Specify a different file, or check the disk of this one.", e);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = Directory.Exists(path) ? "is a directory" : File.Exists(path) ? "cannot be read" : "does not exist";
            throw ToolException.Usage($"--for: The file '{Shown.Text(path)}' {reason}. Specify the path of the file that will be uploaded.");
        }
    }
}
