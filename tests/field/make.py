"""Makes made.jsonl: messages, page and app parameters in every notation that people paste, with the
fields and the signature that have to be read from them. Every signature is hashlib's; ids, keys and tickets
are invented. Run it in this folder after a change: python3 make.py > made.jsonl"""
import base64, hashlib, html, json, re, urllib.parse
KEY='Zx8cV5bN2mA7sD4fG1hJ6kL3qW9eR0tY'; TICKET='kgt8ON7yVITDhtdwci0qeQz3ZnN2kKdwH7lQvJoXeXc0VvbJCLbnsZIHEgZCN4oK568W831NKjbslcRCwU3ocr'
def v2(f):
    s='&'.join(f'{k}={v}' for k,v in sorted(f.items()) if v!='' and k!='sign')+'&key='+KEY
    return hashlib.md5(s.encode()).hexdigest().upper()
order={'appid':'wx77aa88bb99cc00dd','attach':'','body':'西湖龙井 茶','detail':'{"goods_detail":[{"goods_id":"a1","price":1}]}','mch_id':'1555000111','nonce_str':'q1w2e3r4t5y6','notify_url':'https://pay.example.org/n/wx','openid':'oQwErTyUiOpAsDfGhJkLzXcVbNm0','out_trade_no':'T20240101-0001','spbill_create_ip':'198.51.100.7','total_fee':'2350','trade_type':'JSAPI'}
order_plain={k:v for k,v in order.items() if k!='detail'}
notice={'appid':'wx77aa88bb99cc00dd','bank_type':'ICBC_DEBIT','cash_fee':'2350','fee_type':'CNY','is_subscribe':'N','mch_id':'1555000111','nonce_str':'zz99yy88','openid':'oQwErTyUiOpAsDfGhJkLzXcVbNm0','out_trade_no':'T20240101-0001','result_code':'SUCCESS','return_code':'SUCCESS','time_end':'20240101120000','total_fee':'2350','trade_type':'JSAPI','transaction_id':'4200001234202401011234567890','coupon_fee_0':'100','coupon_id_0':'18886'}
for d in (order,order_plain,notice): d['sign']=v2(d)
refund={'appid':'wx77aa88bb99cc00dd','mch_id':'1555000111','nonce_str':'rf','out_refund_no':'RF1','out_trade_no':'T20240101-0001','refund_fee':'1','total_fee':'2350','refund_desc':'不要了'}; refund['sign']=v2(refund)
pay={'appId':'wx77aa88bb99cc00dd','timeStamp':'1704081600','nonceStr':'abcDEF123','package':'prepay_id=wx0112000000000000abcdef','signType':'MD5'}
pay['paySign']=v2(pay)
app={'appid':'wx77aa88bb99cc00dd','partnerid':'1555000111','prepayid':'wx0112000000000000abcdef','package':'Sign=WXPay','noncestr':'nonce77','timestamp':'1704081600'}
app['sign']=v2(app)
js={'url':'https://h5.example.org/a/b?id=3&from=singlemessage','nonceStr':'Nn0nCe','timestamp':'1704081600'}
js['signature']=hashlib.sha1(f"jsapi_ticket={TICKET}&noncestr={js['nonceStr']}&timestamp={js['timestamp']}&url={js['url']}".encode()).hexdigest()
js['appId']='wx77aa88bb99cc00dd'
tok={'timestamp':'1704081600','nonce':'778899'}; tok['signature']=hashlib.sha1(''.join(sorted(['mytoken1',tok['timestamp'],tok['nonce']])).encode()).hexdigest()
enc={'timestamp':'1704081600','nonce':'778899','Encrypt':'abcd+/ef==GHIJKLMNOP'}; enc['msg_signature']=hashlib.sha1(''.join(sorted(['mytoken1',enc['timestamp'],enc['nonce'],enc['Encrypt']])).encode()).hexdigest()
MSG={'order':order,'plain':order_plain,'notice':notice,'refund':refund}
cases=[]
def add(name,text,scheme,fields,sig):
    if isinstance(text,str): text=text.encode()
    cases.append({'name':name,'scheme':scheme,'fields':fields,'signature':sig,'paste':base64.b64encode(text).decode()})
def v2case(name,text,f): add(name,text,'pay-v2',{k:v for k,v in f.items() if k!='sign'},f['sign'])
# printers
def xml(f): return '<xml>'+''.join(f'<{k}><![CDATA[{v}]]></{k}>' for k,v in f.items())+'</xml>'
def xmll(f): return '<xml>\n'+''.join(f'  <{k}><![CDATA[{v}]]></{k}>\n' for k,v in f.items())+'</xml>'
def print_r(f,head='Array',ind=0):
    p=' '*ind
    return f'{head}\n{p}(\n'+''.join(f'{p}    [{k}] => {v}\n' if v!='' else f'{p}    [{k}] => Array\n{p}        (\n{p}        )\n\n' for k,v in f.items())+f'{p})\n'
def print_r1(f): return 'Array ( '+' '.join(f'[{k}] => {v}' if v else f'[{k}] => Array ( )' for k,v in f.items())+' ) '
def sxe(f): return 'SimpleXMLElement Object\n(\n'+''.join(f'    [{k}] => {v}\n' if v else f'    [{k}] => SimpleXMLElement Object\n        (\n        )\n\n' for k,v in f.items())+')\n'
def obj_print_r(f): return 'WxPayNotify Object\n(\n    [values:protected] => Array\n        (\n'+''.join(f'            [{k}] => {v}\n' for k,v in f.items())+'        )\n\n)\n'
def vd(f): return f'array({len(f)}) {{\n'+''.join(f'  ["{k}"]=>\n  string({len(v.encode())}) "{v}"\n' for k,v in f.items())+'}\n'
def vdobj(f): return f'object(stdClass)#3 ({len(f)}) {{\n'+''.join(f'  ["{k}"]=>\n  string({len(v.encode())}) "{v}"\n' for k,v in f.items())+'}\n'
def vdprot(f): return f'object(WxPayResults)#3 (1) {{\n  ["values":protected]=>\n  array({len(f)}) {{\n'+''.join(f'    ["{k}"]=>\n    string({len(v.encode())}) "{v}"\n' for k,v in f.items())+'  }\n}\n'
def xdebug(f): return f'array (size={len(f)})\n'+''.join(f"  '{k}' => string '{v}' (length={len(v.encode())})\n" for k,v in f.items())
def xdebugfile(f): return f'/var/www/pay.php:12:\narray(size={len(f)})\n'+''.join(f"  '{k}' => \n    string '{v}' (length={len(v.encode())})\n" for k,v in f.items())
def q(s,c): return c+s.replace('\\','\\\\').replace(c,'\\'+c)+c
def var_export(f): return 'array (\n'+''.join(f"  {q(k,chr(39))} => {q(v,chr(39))},\n" for k,v in f.items())+')'
def setstate(f): return 'stdClass::__set_state(array(\n'+''.join(f"   {q(k,chr(39))} => {q(v,chr(39))},\n" for k,v in f.items())+'))'
def objcast(f): return '(object) array(\n'+''.join(f"   {q(k,chr(39))} => {q(v,chr(39))},\n" for k,v in f.items())+')'
def phparr1(f): return '$data = ['+', '.join(f"{q(k,chr(39))} => {q(v,chr(39))}" for k,v in f.items())+'];'
def phpassign(f): return '\n'.join(f"$data['{k}'] = {q(v,chr(39))};" for k,v in f.items())
def phpobjassign(f): return '\n'.join(f"$input->Set{k}({q(v,chr(34))});" for k,v in f.items())
def dd(f): return f'array:{len(f)} [▼\n'+''.join(f'  "{k}" => "{v}"\n' for k,v in f.items())+']'
def ddcoll(f): return f'EasyWeChat\\Support\\Collection {{#283 ▼\n  #items: array:{len(f)} [▼\n'+''.join(f'    "{k}" => "{v}"\n' for k,v in f.items())+'  ]\n}'
def ddstd(f): return '{#305 ▼\n'+''.join(f'  +"{k}": "{v}"\n' for k,v in f.items())+'}'
def ddsxe(f): return 'SimpleXMLElement {#305 ▼\n'+''.join(f'  +"{k}": "{v}"\n' for k,v in f.items())+'}'
def ser(f): return f'a:{len(f)}:{{'+''.join(f's:{len(k)}:"{k}";s:{len(v.encode())}:"{v}";' for k,v in f.items())+'}'
def serobj(f): return f'O:8:"stdClass":{len(f)}:{{'+''.join(f's:{len(k)}:"{k}";s:{len(v.encode())}:"{v}";' for k,v in f.items())+'}'
def ruby(f): return '{'+', '.join(f'"{k}"=>{q(v,chr(34))}' for k,v in f.items())+'}'
def rubysp(f): return '{\n'+',\n'.join(f'  :{k} => {q(v,chr(34))}' for k,v in f.items())+'\n}'
def ruby19(f): return '{ '+', '.join(f'{k}: {q(v,chr(34))}' for k,v in f.items())+' }'
def rubypp(f): return '{"xml"=>\n  {'+',\n   '.join(f'"{k}"=>{q(v,chr(34))}' for k,v in f.items())+'}}'
def mash(f): return '#<Hashie::Mash '+' '.join(f'{k}={q(v,chr(34))}' for k,v in f.items())+'>'
def acparams(f): return '<ActionController::Parameters {'+', '.join(f'"{k}"=>{q(v,chr(34))}' for k,v in f.items())+'} permitted: false>'
def pydict(f): return repr(dict(f))
def pypp(f): 
    import pprint; return pprint.pformat(dict(f))
def pyu(f): return '{'+', '.join(f"u'{k}': u'{v.encode('unicode_escape').decode()}'" for k,v in f.items())+'}'
def odict(f): return 'OrderedDict(['+', '.join(f"({k!r}, {v!r})" for k,v in f.items())+'])'
def odict312(f): return 'OrderedDict('+repr(dict(f))+')'
def pydictcall(f): return 'dict('+', '.join(f"{k}={v!r}" for k,v in f.items())+')'
def qdict(f): return '<QueryDict: {'+', '.join(f"{k!r}: [{v!r}]" for k,v in f.items())+'}>'
def multidict(f): return 'ImmutableMultiDict(['+', '.join(f"({k!r}, {v!r})" for k,v in f.items())+'])'
def tuples(f): return '['+', '.join(f"({k!r}, {v!r})" for k,v in f.items())+']'
def pylines(f): return '\n'.join(f"{k}: {v}" for k,v in f.items())
def pyloop(f): return '\n'.join(f"{k} {v}" for k,v in f.items())
def attr(f): return 'Namespace('+', '.join(f"{k}={v!r}" for k,v in f.items())+')'
def javamap(f): return '{'+', '.join(f'{k}={v}' for k,v in f.items())+'}'
def javalines(f): return '{'+',\n '.join(f'{k}={v}' for k,v in f.items())+'}'
def javanull(f): return '{'+', '.join(f'{k}={v or "null"}' for k,v in f.items())+'}'
def camel(n):
    import re; return re.sub(r'_([a-z0-9])',lambda m:m.group(1).upper(),n)
def lombok(f): return 'WxPayUnifiedOrderRequest('+', '.join(f'{camel(k)}={v or "null"}' for k,v in f.items())+')'
def idea(f): return 'OrderReq{'+', '.join(f"{camel(k)}='{v}'" if v else f"{camel(k)}=null" for k,v in f.items())+'}'
def record(f): return 'OrderReq['+', '.join(f'{camel(k)}={v or "null"}' for k,v in f.items())+']'
def eclipse(f): return 'OrderReq ['+', '.join(f'{camel(k)}={v or "null"}' for k,v in f.items())+']'
def commons(f): return 'com.x.OrderReq@1b6d3586['+','.join(f'{camel(k)}={v or "<null>"}' for k,v in f.items())+']'
def guava(f): return 'OrderReq{'+', '.join(f'{camel(k)}={v or "null"}' for k,v in f.items())+'}'
def bean(f): return json.dumps({camel(k):(v or None) for k,v in f.items()},ensure_ascii=False)
def pascal(f): return json.dumps({camel(k)[0].upper()+camel(k)[1:]:v for k,v in f.items()},ensure_ascii=False,indent=2)
def put(f): return '\n'.join(f'        params.put("{k}", {q(v,chr(34))});' for k,v in f.items())
def put1(f): return ' '.join(f'map.put("{k}", {q(v,chr(34))});' for k,v in f.items())
def setter(f): return '\n'.join(f'req.set{camel(k)[0].upper()+camel(k)[1:]}({q(v,chr(34))});' for k,v in f.items())
def mapof(f): return 'Map.of('+', '.join(f'"{k}", {q(v,chr(34))}' for k,v in f.items())+')'
def kotlin(f): return 'mapOf('+', '.join(f'"{k}" to {q(v,chr(34))}' for k,v in f.items())+')'
def swift(f): return '["'+'", "'.join(f'{k}": {q(v,chr(34))}'[:-1] for k,v in f.items())+'"]'
def swiftany(f): return '['+', '.join(f'AnyHashable("{k}"): "{v}"' for k,v in f.items())+']'
def swiftopt(f): return '['+', '.join(f'"{k}": Optional("{v}")' for k,v in f.items())+']'
def nsv(v):
    if v.isalnum() and v.isascii(): return v
    return '"'+"".join(c if ord(c)<128 else "\\U%04x"%ord(c) for c in v.replace('"','\\"'))+'"'
def nslog(f): return '{\n'+''.join('    '+k+' = '+nsv(v)+';\n' for k,v in f.items())+'}'
def objc(f): return '@{'+', '.join(f'@"{k}": @{q(v,chr(34))}' for k,v in f.items())+'}'
def objcset(f): return '\n'.join(f'[dict setObject:@{q(v,chr(34))} forKey:@"{k}"];' for k,v in f.items())
def objcidx(f): return '\n'.join(f'dict[@"{k}"] = @{q(v,chr(34))};' for k,v in f.items())
def csdump(f): return '{'+', '.join(f'[{k}, {v}]' for k,v in f.items())+'}'
def csdumpl(f): return '\n'.join(f'[{k}, {v}]' for k,v in f.items())
def cskv(f): return '\n'.join(f'Key = {k}, Value = {v}' for k,v in f.items())
def csinit(f): return 'new SortedDictionary<string, string> {\n'+''.join(f'    {{ "{k}", {q(v,chr(34))} }},\n' for k,v in f.items())+'}'
def csidx(f): return 'new Dictionary<string,string>\n{\n'+''.join(f'    ["{k}"] = {q(v,chr(34))},\n' for k,v in f.items())+'}'
def cssetvalue(f): return '\n'.join(f'data.SetValue("{k}", {q(v,chr(34))});' for k,v in f.items())
def csanon(f): return '{ '+', '.join(f'{k} = {v}' for k,v in f.items())+' }'
def gomap(f): return 'map['+' '.join(f'{k}:{v}' for k,v in f.items())+']'
def goplusv(f): return '{'+' '.join(f'{camel(k)[0].upper()+camel(k)[1:]}:{v}' for k,v in f.items())+'}'
def gopplusv(f): return '&'+goplusv(f)
def gosharpv(f): return 'map[string]string{'+', '.join(f'"{k}":{q(v,chr(34))}' for k,v in f.items())+'}'
def gostruct(f): return 'main.Req{'+', '.join(f'{camel(k)[0].upper()+camel(k)[1:]}:{q(v,chr(34))}' for k,v in f.items())+'}'
def gospew(f): return '(map[string]string) (len=%d) {\n'%len(f)+''.join(f' (string) (len={len(k)}) "{k}": (string) (len={len(v.encode())}) {q(v,chr(34))},\n' for k,v in f.items())+'}'
def gourl(f): return 'map['+' '.join(f'{k}:[{v}]' for k,v in f.items())+']'
def inspect(f): return '{\n'+',\n'.join(f"  {k}: '{v}'" for k,v in f.items())+'\n}'
def inspect1(f): return '{ '+', '.join(f"{k}: '{v}'" for k,v in f.items())+' }'
def xml2js(f): return json.dumps({'xml':{k:[v] for k,v in f.items()}},ensure_ascii=False)
def xml2jsc(f): return '{ xml: { '+',\n  '.join(f"{k}: [ '{v}' ]" for k,v in f.items())+' } }'
def nullproto(f): return '[Object: null prototype] {\n'+',\n'.join(f"  {k}: '{v}'" for k,v in f.items())+'\n}'
def ctable(f):
    return '┌─────────┬────────┐\n│ (index) │ Values │\n├─────────┼────────┤\n'+''.join(f"│ {k} │ '{v}' │\n" for k,v in f.items())+'└─────────┴────────┘'
def mdtable(f): return '| name | value |\n|---|---|\n'+''.join(f"| {k} | {v} |\n" for k,v in f.items())
def mysqlg(f): return '*************************** 1. row ***************************\n'+''.join(f"{k:>20}: {v}\n" for k,v in f.items())
def qs(f): return '&'.join(f'{k}={urllib.parse.quote(v)}' for k,v in f.items())
def qsraw(f): return '&'.join(f'{k}={v}' for k,v in f.items())
def yaml(f): return '\n'.join(f'{k}: {v}' for k,v in f.items())
def yamlq(f): return '\n'.join(f'  {k}: "{v}"' for k,v in f.items())
def ini(f): return '\n'.join(f'{k} = {v}' for k,v in f.items())
def tabs(f): return '\n'.join(f'{k}\t{v}' for k,v in f.items())
def eqbr(f): return ' '.join(f'{k}=[{v}]' for k,v in f.items())
def eqbrc(f): return ', '.join(f'{k}=[{v}]' for k,v in f.items())
def cnlines(f): return '\n'.join(f'参数 {k}：{v}' for k,v in f.items())
def arrow(f): return '\n'.join(f'{k} => {v}' for k,v in f.items())
def arrow2(f): return '\n'.join(f'{k} -> {v}' for k,v in f.items())
def jsond(f): return json.dumps(f)
def jsonu(f): return json.dumps(f,ensure_ascii=False,indent=4)
def jsonphp(f): return json.dumps(f).replace('/','\\/')
def jsonesc(f): return json.dumps(json.dumps(f,ensure_ascii=False),ensure_ascii=False)
def jsonesc2(f): return json.dumps({'msg':json.dumps({'body':xml(f)})})
def headers(f): return '\r\n'.join(f'{k}: {v}' for k,v in f.items())
def dart(f): return '{'+', '.join(f'{k}: {v}' for k,v in f.items())+'}'
def multipart(f): return ''.join(f'------WebKitFormBoundary7MA4YWxk\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k,v in f.items())+'------WebKitFormBoundary7MA4YWxk--'
def scala(f): return 'Map('+', '.join(f'{k} -> {v}' for k,v in f.items())+')'
def rustdbg(f): return '{'+', '.join(f'"{k}": {q(v,chr(34))}' for k,v in f.items())+'}'
def rustpretty(f): return 'Order {\n'+''.join(f'    {k}: {q(v,chr(34))},\n' for k,v in f.items())+'}'
def rustsome(f): return 'Order { '+', '.join(f'{k}: Some({q(v,chr(34))})' if v else f'{k}: None' for k,v in f.items())+' }'
def elixir(f): return '%{'+', '.join(f'{k}: {q(v,chr(34))}' for k,v in f.items())+'}'
def elixir2(f): return '%{'+', '.join(f'"{k}" => {q(v,chr(34))}' for k,v in f.items())+'}'
def erl(f): return '[{'+'},{'.join(f'{k},<<"{v}">>' for k,v in f.items())+'}]'
def lua(f): return '{\n'+''.join(f'  ["{k}"] = {q(v,chr(34))},\n' for k,v in f.items())+'}'
def perl(f): return '$VAR1 = {\n'+''.join(f"          '{k}' => '{v}',\n" for k,v in f.items())+'        };'
def tcpxml(f): return xmll(f).replace('\n','\r\n')
def xmlnoc(f): return '<xml>'+''.join(f'<{k}>{html.escape(v,quote=False)}</{k}>' for k,v in f.items())+'</xml>'
def xmldecl(f): return '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n'+''.join(f'<{k}>{html.escape(v,quote=False)}</{k}>\n' for k,v in f.items())+'</xml>'
def xmlfrag(f): return '\n'.join(f'<{k}><![CDATA[{v}]]></{k}>' for k,v in f.items())
def chrome(f): return 'This XML file does not appear to have any style information associated with it. The document tree is shown below.\n▼<xml>\n'+''.join(f'<{k}>\n<![CDATA[ {v} ]]>\n</{k}>\n' for k,v in f.items())+'</xml>'
P=[v for k,v in list(globals().items()) if callable(v) and k not in ('v2','add','v2case','q','camel','json','nsv') and getattr(v,'__code__',None) and v.__code__.co_varnames[:1]==('f',)]
nodetail={'cskv','headers','yamlq','swiftany','swiftopt','ddstd','dd','ddcoll','ddsxe','eqbr','eqbrc','serobj','erl','inspect','inspect1','xml2jsc','nullproto','ctable','perl','idea','nslog'}
beans={'lombok','idea','record','eclipse','commons','guava','goplusv','gopplusv','gostruct','setter'}
# a print that cannot be told from prose, Erlang's, and one whose detail is cut by its own braces
skip={'phpobjassign','pyloop','erl'}
for p in P:
    n=p.__name__
    if n in skip: continue
    for m,f in MSG.items():
        if m=='order' and n in nodetail: continue
        if n in beans and m=='notice': f={k:v for k,v in f.items() if not k.startswith('coupon')}; f=dict(f); f['sign']=v2(f)
        v2case(f'{n}-{m}', p(f), f)
# wrappers
W={
 'logprefix': lambda t: '2024-01-01 12:00:00.123 [http-nio-8080-exec-1] INFO  c.e.pay.PayController - 请求参数: '+t+' ok',
 'slash': lambda t: '\n'.join('// '+l for l in t.split('\n')),
 'star': lambda t: '/**\n'+'\n'.join(' * '+l for l in t.split('\n'))+'\n */',
 'hash': lambda t: '\n'.join('# '+l for l in t.split('\n')),
 'quote': lambda t: '\n'.join('> '+l for l in t.split('\n')),
 'md': lambda t: '我的请求是这样的:\n```\n'+t+'\n```\n返回签名错误，求助',
 'reply': lambda t: 'request:\n'+t+'\nresponse:\n<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[签名错误]]></return_msg></xml>',
 'html': lambda t: html.escape(t),
 'backslash': lambda t: json.dumps(t,ensure_ascii=False)[1:-1],
 'backslash2': lambda t: json.dumps(json.dumps(t)[1:-1])[1:-1],
 'jsonlog': lambda t: json.dumps({'level':'info','ts':1704081600.5,'msg':'wx pay request','data':t},ensure_ascii=False),
 'var': lambda t: 'var data = '+t+';\nconsole.log(data);',
 'utf16': lambda t: t.encode('utf-16'),
 'gbk': lambda t: t.encode('gbk',errors='replace'),
 'crlf': lambda t: t.replace('\n','\r\n'),
}
base={'print_r':print_r,'var_export':var_export,'vd':vd,'xml':xml,'xmll':xmll,'javamap':javamap,'jsond':jsond,'inspect':inspect,'pydict':pydict,'ruby':ruby,'gomap':gomap,'ser':ser,'dart':dart,'odict':odict,'dd':dd,'qs':qs}
for w,fn in W.items():
    for b,p in base.items():
        if w in('slash','star','hash','quote') and b in ('ser','qs') : pass
        if w=='gbk' and b=='dd': continue
        v2case(f'W-{w}-{b}', fn(p(order_plain)), order_plain)
# pages etc
def other(prefix, f, scheme, sigkey, want, printers):
    for p in printers: add(f'{prefix}-{p.__name__}', p(f), scheme, want, f[sigkey])
printers=[jsond,jsonu,inspect,inspect1,javamap,dart,print_r,vd,var_export,ruby,pydict,kotlin,objc,swift,nslog,csdump,gomap,lombok,idea,record,yaml,ini,eqbr,put,objcidx,lua,perl,rustpretty,elixir,commons,csanon,mdtable,ctable,ser,dd]
def pascalk(f): return {k[0].upper()+k[1:]:v for k,v in f.items()}
import re
def snakek(f): return {re.sub(r'([A-Z])',lambda m:'_'+m.group(1).lower(),k):v for k,v in f.items()}
pw={k:v for k,v in pay.items() if k!='paySign'}
other('pay',pay,'pay-sign','paySign',pw,printers)
other('payP',pascalk(pay),'pay-sign','PaySign',pw,[jsond,inspect,goplusv,csanon])
other('payS',snakek(pay),'pay-sign','pay_sign',pw,[jsond,print_r,gomap])
other('payV',{('packageValue' if k=='package' else k):v for k,v in pay.items()},'pay-sign','paySign',pw,[jsond,lombok,idea])
aw={k:v for k,v in app.items() if k!='sign'}
other('app',app,'app-sign','sign',aw,printers)
appc={'appId':app['appid'],'partnerId':app['partnerid'],'prepayId':app['prepayid'],'packageValue':app['package'],'nonceStr':app['noncestr'],'timeStamp':app['timestamp'],'sign':app['sign']}
other('appC',appc,'app-sign','sign',aw,[jsond,inspect,lombok,dart,print_r,idea,objc,kotlin])
apps={'app_id':app['appid'],'partner_id':app['partnerid'],'prepay_id':app['prepayid'],'package':app['package'],'nonce_str':app['noncestr'],'timestamp':app['timestamp'],'sign':app['sign']}
other('appS',apps,'app-sign','sign',aw,[jsond,print_r,ruby,gomap])
def sub(f,keys): return {k:f[k] for k in keys}
jw={'url':js['url'],'noncestr':js['nonceStr'],'timestamp':js['timestamp']}
other('js',js,'jssdk','signature',jw,[p for p in printers if p not in (gomap,eqbr)])
other('jsP',pascalk(js),'jssdk','Signature',jw,[jsond,csanon,inspect])
other('jsS',snakek(js),'jssdk','signature',jw,[jsond,print_r,pydict])
tw={'timestamp':tok['timestamp'],'nonce':tok['nonce']}
other('tok',tok,'server-token','signature',tw,printers+[qs,eqbrc])
add('tok-url','GET /wechat?'+qs(tok)+'&echostr=123 HTTP/1.1" 200 5','server-token',tw,tok['signature'])
add('tok-nginx','1.2.3.4 - - [01/Jan/2024:12:00:00 +0800] "GET /wechat?signature=%s&timestamp=%s&nonce=%s&echostr=77 HTTP/1.1" 200 19 "-" "Mozilla/4.0"'%(tok['signature'],tok['timestamp'],tok['nonce']),'server-token',tw,tok['signature'])
add('tok-django','[01/Jan/2024 12:00:00] "GET /wx/?signature=%s&timestamp=%s&nonce=%s&echostr=77 HTTP/1.1" 200 19'%(tok['signature'],tok['timestamp'],tok['nonce']),'server-token',tw,tok['signature'])
ew={'timestamp':enc['timestamp'],'nonce':enc['nonce'],'encrypt':enc['Encrypt']}
u=f"/wx?timestamp={enc['timestamp']}&nonce={enc['nonce']}&encrypt_type=aes&msg_signature={enc['msg_signature']}"
x=f"<xml><ToUserName><![CDATA[gh_2]]></ToUserName>\n<Encrypt><![CDATA[{enc['Encrypt']}]]></Encrypt></xml>"
add('enc-post',f"POST {u} HTTP/1.1\r\nHost: a.example\r\n\r\n{x}",'msg-crypt',ew,enc['msg_signature'])
add('enc-log',f"url: http://a.example{u}\nbody: {x}",'msg-crypt',ew,enc['msg_signature'])
add('enc-after',f"{x}\n\nhttp://a.example{u}",'msg-crypt',ew,enc['msg_signature'])
add('enc-printr',"Array\n(\n    [msg_signature] => %s\n    [timestamp] => %s\n    [nonce] => %s\n)\n%s"%(enc['msg_signature'],enc['timestamp'],enc['nonce'],x),'msg-crypt',ew,enc['msg_signature'])
add('enc-json',json.dumps({'query':{'msg_signature':enc['msg_signature'],'timestamp':enc['timestamp'],'nonce':enc['nonce']},'body':{'xml':{'ToUserName':['x'],'Encrypt':[enc['Encrypt']]}}}),'msg-crypt',ew,enc['msg_signature'])
add('enc-jsonbody',u+'\n'+json.dumps({'ToUserName':'gh','Encrypt':enc['Encrypt']}),'msg-crypt',ew,enc['msg_signature'])
# calls
add('call-config',"wx.config({\n debug: false,\n appId: '%s',\n timestamp: %s,\n nonceStr: \"%s\",\n signature: '%s',\n jsApiList: ['chooseImage','onMenuShareTimeline']\n});\n// %s"%(js['appId'],js['timestamp'],js['nonceStr'],js['signature'],js['url']),'jssdk',{'noncestr':js['nonceStr'],'timestamp':js['timestamp']},js['signature'])
add('call-taro',"Taro.requestPayment({\n  timeStamp: '%s',\n  nonceStr: '%s',\n  package: '%s',\n  signType: 'MD5',\n  paySign: '%s',\n  success: function (res) { console.log(res) },\n})"%(pay['timeStamp'],pay['nonceStr'],pay['package'],pay['paySign']),'pay-sign',{k:pay[k] for k in ('timeStamp','nonceStr','package','signType')},pay['paySign'])
add('call-unimini',"uni.requestPayment({\n  provider: 'wxpay',\n  timeStamp: '%s',\n  nonceStr: '%s',\n  package: '%s',\n  signType: 'MD5',\n  paySign: '%s',\n  success: (res) => {\n    uni.showToast({title:'ok'});\n  },\n  fail: err => console.log(err)\n});"%(pay['timeStamp'],pay['nonceStr'],pay['package'],pay['paySign']),'pay-sign',{k:pay[k] for k in ('timeStamp','nonceStr','package','signType')},pay['paySign'])
add('call-rn',"WeChat.pay({\n  partnerId: '%s',  // 商家向财付通申请的商家id\n  prepayId: '%s',   // 预支付订单\n  nonceStr: '%s',   // 随机串\n  timeStamp: '%s',  // 时间戳\n  package: '%s',    // 商家根据财付通文档填写的数据和签名\n  sign: '%s'        // 商家根据微信开放平台文档对数据做的签名\n});"%(app['partnerid'],app['prepayid'],app['noncestr'],app['timestamp'],app['package'],app['sign']),'app-sign',{k:v for k,v in aw.items() if k!='appid'},app['sign'])
add('call-cordova',"var params = {\n    partnerid: '%s', // merchant id\n    prepayid: '%s', // prepay id\n    noncestr: '%s', // nonce\n    timestamp: '%s', // timestamp\n    sign: '%s', // signed string\n};\n\nWechat.sendPaymentRequest(params, function () {\n    alert(\"Success\");\n}, function (reason) {\n    alert(\"Failed: \" + reason);\n});"%(app['partnerid'],app['prepayid'],app['noncestr'],app['timestamp'],app['sign']),'app-sign',{k:v for k,v in aw.items() if k not in('appid','package')},app['sign'])
add('call-cordova2',"var params = {\n    mch_id: '%s', // merchant id\n    prepay_id: '%s', // prepay id returned from server\n    nonce: '%s', // nonce string returned from server\n    timestamp: '%s', // timestamp\n    sign: '%s', // signed string\n};"%(app['partnerid'],app['prepayid'],app['noncestr'],app['timestamp'],app['sign']),'app-sign',{k:v for k,v in aw.items() if k not in('appid','package')},app['sign'])
add('payreq-kotlin',"val req = PayReq()\nreq.appId = \"%s\"\nreq.partnerId = \"%s\"\nreq.prepayId = \"%s\"\nreq.packageValue = \"%s\"\nreq.nonceStr = \"%s\"\nreq.timeStamp = \"%s\"\nreq.sign = \"%s\"\napi.sendReq(req)"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
add('payreq-apply',"val req = PayReq().apply {\n    appId = \"%s\"\n    partnerId = \"%s\"\n    prepayId = \"%s\"\n    packageValue = \"%s\"\n    nonceStr = \"%s\"\n    timeStamp = \"%s\"\n    sign = \"%s\"\n}"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
add('payreq-swift',"let req = PayReq()\nreq.openID = \"%s\"\nreq.partnerId = \"%s\"\nreq.prepayId = \"%s\"\nreq.package = \"%s\"\nreq.nonceStr = \"%s\"\nreq.timeStamp = UInt32(%s)\nreq.sign = \"%s\"\nWXApi.send(req)"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
add('payreq-objc',"PayReq *request = [[PayReq alloc] init];\nrequest.openID = @\"%s\";\nrequest.partnerId = @\"%s\";\nrequest.prepayId= @\"%s\";\nrequest.package = @\"%s\";\nrequest.nonceStr= @\"%s\";\nrequest.timeStamp= %s;\nrequest.sign= @\"%s\";\n[WXApi sendReq:request];"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
add('payreq-one',"request.appId = \"%s\";request.partnerId = \"%s\";request.prepayId= \"%s\";request.packageValue = \"%s\";request.nonceStr= \"%s\";request.timeStamp= \"%s\";request.sign= \"%s\";"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
add('fluwx2',"fluwx.pay(\n  which: Payment(\n    appId: '%s',\n    partnerId: '%s',\n    prepayId: '%s',\n    packageValue: '%s',\n    nonceStr: '%s',\n    timestamp: %s,\n    sign: '%s',\n  ),\n);"%(tuple(app[k] for k in('appid','partnerid','prepayid','package','noncestr','timestamp','sign'))),'app-sign',aw,app['sign'])
# shells
v2case('curl-bash',"curl -X POST https://api.mch.weixin.qq.com/pay/unifiedorder -H 'Content-Type: text/xml' -d '"+xml(order)+"'",order)
v2case('curl-dollar',"curl 'https://api.mch.weixin.qq.com/pay/unifiedorder' \\\n  -H 'content-type: text/xml' \\\n  --data-raw $'"+xmll(order).replace("'","\\'").replace('\n','\\n')+"' \\\n  --compressed",order)
def cmdesc(t): return t.replace('^','^^').replace('<','^<').replace('>','^>').replace('&','^&').replace('|','^|').replace('"','^\\^"').replace('%','^%')
v2case('curl-cmd','curl ^"https://api.mch.weixin.qq.com/pay/unifiedorder^" ^\r\n  -H ^"content-type: text/xml^" ^\r\n  --data-raw ^"'+cmdesc(xml(order))+'^" ^\r\n  --compressed',order)
v2case('curl-cmd-json','curl "https://shop.example/api" ^\n  -H "content-type: application/json" ^\n  --data-raw "'+json.dumps(order_plain,ensure_ascii=False).replace('"','^\\^"')+'" ^\n  --compressed',order_plain)
v2case('curl-cmd-form','curl "https://shop.example/api" ^\n  --data-raw "'+qs(order_plain).replace('&','^&').replace('%','^%')+'"',order_plain)
v2case('powershell','Invoke-WebRequest -UseBasicParsing -Uri "https://api.mch.weixin.qq.com/pay/unifiedorder" `\n-Method POST `\n-ContentType "text/xml" `\n-Body "'+xml(order_plain).replace('$','`$')+'"',order_plain)
v2case('powershell-json','Invoke-RestMethod -Uri "https://x.example/a" -Method POST -Body "'+json.dumps(order_plain,ensure_ascii=False).replace('"','`"')+'"',order_plain)
v2case('fetch','fetch("https://api.mch.weixin.qq.com/pay/unifiedorder", {\n  "headers": {\n    "content-type": "text/xml"\n  },\n  "body": '+json.dumps(xml(order),ensure_ascii=False)+',\n  "method": "POST"\n});',order)
v2case('java-concat','String xml = "<xml>\\n" +\n'+'\n'.join('    "<%s><![CDATA[%s]]></%s>\\n" +'%(k,v.replace('"','\\"'),k) for k,v in order.items())+'\n    "</xml>";',order)
v2case('php-concat',"$xml = '<xml>'\n"+'\n'.join("  .'<%s><![CDATA[%s]]></%s>'"%(k,v,k) for k,v in order.items())+"\n  .'</xml>';",order)
v2case('nginx-x0a','1.1.1.1 "POST /n HTTP/1.1" 200 "'+xmll(notice).replace('\n','\\x0A').replace('"','\\x22')+'"',notice)
v2case('nginx-utf8','"'+''.join(c if ord(c)<128 and c not in '"\\\n' else ''.join('\\x%02X'%b for b in c.encode()) for c in xmll(order))+'"',order)
v2case('charles',json.dumps([{'status':'COMPLETE','method':'POST','protocolVersion':'HTTP/1.1','scheme':'https','host':'api.mch.weixin.qq.com','path':'/pay/unifiedorder','request':{'headers':{'headers':[{'name':'Host','value':'api.mch.weixin.qq.com'}]},'body':{'text':xml(order),'charset':'UTF-8'}},'response':{'status':200,'body':{'text':'<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[签名错误]]></return_msg></xml>'}}}],ensure_ascii=False),order)
v2case('postman-form',json.dumps({'info':{'name':'x'},'item':[{'request':{'method':'POST','body':{'mode':'urlencoded','urlencoded':[{'key':k,'value':v,'type':'text'} for k,v in order_plain.items()]}}}]}),order_plain)
v2case('har',json.dumps({'log':{'version':'1.2','entries':[{'request':{'method':'GET','url':'https://x/a.js?v=1&b=2','headers':[]},'response':{'content':{}}},{'request':{'method':'POST','url':'https://api.mch.weixin.qq.com/pay/unifiedorder','headers':[],'postData':{'mimeType':'text/xml','text':xmll(order)}},'response':{'content':{'text':'<xml><return_code>FAIL</return_code></xml>'}}}]}}),order)
v2case('postman-console','POST https://api.mch.weixin.qq.com/pay/unifiedorder\n200\n36 ms\nPOST /pay/unifiedorder HTTP/1.1\nContent-Type: application/xml\nUser-Agent: PostmanRuntime/7.36.0\n\n'+xmll(order)+'\nHTTP/1.1 200 OK\nServer: nginx\n\n<xml><return_code><![CDATA[FAIL]]></return_code></xml>',order)
add('har-js',json.dumps({'log':{'entries':[{'request':{'method':'GET','url':'https://api.example.org/cfg','headers':[{'name':'Referer','value':js['url']}]},'response':{'content':{'text':json.dumps({'code':0,'data':{k:js[k] for k in('appId','nonceStr','timestamp','signature')}})}}}]}}),'jssdk',jw,js['signature'])
s1=f"jsapi_ticket={TICKET}&noncestr={js['nonceStr']}&timestamp={js['timestamp']}&url={js['url']}"
add('jstool','string1: '+s1+'\nsignature: '+js['signature'],'jssdk',jw,js['signature'])
add('jstool2','生成签名串：\n'+s1+'\n\nsha1 签名：\n'+js['signature'],'jssdk',jw,js['signature'])
add('jstool-x',(s1+'\n'+js['signature']).replace('&timestamp','×tamp'),'jssdk',jw,js['signature'])
raw='&'.join(f'{k}={v}' for k,v in sorted(order.items()) if v and k!='sign')
add('tool-log','stringA: '+raw+'\nstringSignTemp: '+raw+'&key='+KEY+'\nMD5: '+order['sign'],'pay-v2',{k:v for k,v in order.items() if v and k!='sign'},order['sign'])
add('tool-log2','签名前：'+raw+'&key='+KEY+'\n签名后：'+order['sign'],'pay-v2',{k:v for k,v in order.items() if v and k!='sign'},order['sign'])
for case in cases: print(json.dumps(case, ensure_ascii=False))
