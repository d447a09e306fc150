<?php
// A payment tested against a local WeChat with PHPUnit; wxkit is in PATH. Shorter: wxkit mock -- phpunit

use PHPUnit\Framework\TestCase;

final class ShopTest extends TestCase
{
    private static $gateway, $pipes, $env, $url;

    public static function setUpBeforeClass(): void
    {
        // With --until-eof the gateway ends when this process does, however it does.
        $command = ['wxkit', 'mock', '--quiet', '--until-eof', '--listen', '127.0.0.1:0'];
        self::$gateway = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], self::$pipes);
        self::$url = trim(fgets(self::$pipes[1]));
        self::$env = json_decode(shell_exec('wxkit mock --print-env --json'), true)['env'];
    }

    public static function tearDownAfterClass(): void
    {
        array_map('fclose', self::$pipes);
        proc_close(self::$gateway);
    }

    protected function setUp(): void
    {
        self::call('POST', '/_mock/reset');
    }

    /** The program under test: places an order, as any SDK does. */
    private static function order(string $key): string
    {
        $fields = ['appid' => self::$env['WXKIT_APP_ID'], 'mch_id' => self::$env['WXKIT_MCH_ID'], 'nonce_str' => 'n',
            'body' => 'tea', 'out_trade_no' => '20250101001', 'total_fee' => 880, 'spbill_create_ip' => '127.0.0.1',
            'notify_url' => 'http://127.0.0.1:9/', 'trade_type' => 'NATIVE', 'product_id' => '1'];
        ksort($fields);
        $fields['sign'] = strtoupper(md5(urldecode(http_build_query($fields)) . "&key=$key"));
        $xml = implode('', array_map(fn($name, $value) => "<$name>$value</$name>", array_keys($fields), $fields));
        return self::call('POST', '/pay/unifiedorder', "<xml>$xml</xml>");
    }

    private static function call(string $method, string $path, string $body = ''): string
    {
        $options = ['method' => $method, 'content' => $body, 'header' => 'Content-Type: application/json'];
        return file_get_contents(self::$url . $path, false, stream_context_create(['http' => $options]));
    }

    public function testAPaidOrderIsPaid(): void
    {
        $this->assertStringContainsString('code_url', self::order(self::$env['WXKIT_PAY_KEY']));
        self::call('POST', '/_mock/orders/20250101001/pay');
        $this->assertSame('SUCCESS', json_decode(self::call('GET', '/_mock/orders/20250101001'))->trade_state);
    }

    public function testAWrongKeyIsRefusedInWechatsWords(): void
    {
        $this->assertStringContainsString('签名错误', self::order('wrong'));
        $this->assertSame(1, json_decode(self::call('GET', '/_mock/requests?verdict=refused'))->count);
    }
}
