using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using Minio;
using Minio.DataModel.Args;

namespace PresignKit.Benchmarks;

/// <summary>Presigns the same URL with other libraries. The client is created once, and the request is created for each URL.</summary>
public class PeerBenchmarks : IDisposable
{
    private readonly S3Presigner _presigner = Work.CreatePresigner();
    private readonly AmazonS3Client _aws = new(
        new BasicAWSCredentials(Work.AccessKeyId, Work.SecretAccessKey), new AmazonS3Config { ServiceURL = "https://" + Work.Host, AuthenticationRegion = Work.Region });

    private readonly IMinioClient _minio = new MinioClient().WithEndpoint(Work.Host).WithRegion(Work.Region).WithCredentials(Work.AccessKeyId, Work.SecretAccessKey).WithSSL().Build();

    private readonly AWSSigV4Parameters _parameters = new()
    {
        Credentials = new BasicAWSCredentials(Work.AccessKeyId, Work.SecretAccessKey),
        Region = Amazon.RegionEndpoint.GetBySystemName(Work.Region),
        Service = "s3",
    };

    [Benchmark(Baseline = true)]
    public string PresignKit() => _presigner.Presign(new GetObject(Work.MediumKey)).Url;

    [Benchmark(Description = "AWSSDK.S3 4.1.0, GetPreSignedURL")]
    public string AwsSdk() => _aws.GetPreSignedURL(
        new GetPreSignedUrlRequest { BucketName = Work.Bucket, Key = Work.MediumKey, Verb = HttpVerb.GET, Expires = DateTime.UtcNow.AddHours(1) });

    [Benchmark(Description = "Minio 7.0.0, PresignedGetObjectAsync")]
    public string MinioClient() => _minio.PresignedGetObjectAsync(
        new PresignedGetObjectArgs().WithBucket(Work.Bucket).WithObject(Work.MediumKey).WithExpiry(3600)).GetAwaiter().GetResult();

    // This signer expects a URL whose path is already encoded.
    [Benchmark(Description = "AWSSDK.Core 4.1.0, AWSSigV4Signer")]
    public Uri AwsSigner() => AWSSigV4Signer.Presign(
        new AWSSigningRequest { HttpMethod = HttpMethod.Get, RequestUri = new Uri($"https://{Work.Bucket}.{Work.Host}/photos/2026/11/23/IMG_0001%20%28final%29.jpg") },
        _parameters,
        TimeSpan.FromHours(1)).Uri;

    /// <summary>Prints the ratio of each library's time to PresignKit's time. The two are measured alternately, so that the ratio is stable on a machine of varying speed.</summary>
    internal void PrintRatios()
    {
        foreach ((string name, Action work) in new (string, Action)[] { (nameof(AwsSdk), () => AwsSdk()), (nameof(MinioClient), () => MinioClient()), (nameof(AwsSigner), () => AwsSigner()) })
        {
            double ratio = Ratio.Of(work, () => PresignKit(), warmUp: TimeSpan.FromSeconds(12), time: TimeSpan.FromSeconds(5));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ratio:0.0} |"));
        }
    }

    public void Dispose()
    {
        _aws.Dispose();
        _minio.Dispose();
        GC.SuppressFinalize(this);
    }
}
